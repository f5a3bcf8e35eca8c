package clouds

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// The buckets, and Azure's containers, that all clouds have: one for those with
// credentials, and one that everybody may read.
const (
	PrivateBucket = "models"
	PublicBucket  = "public"
)

// Fill copies a folder into both buckets of all clouds with rclone.
func (c *Clouds) Fill(ctx context.Context, rclone, folder string) error {
	env := c.Environment(false)
	maps.Copy(env, map[string]string{
		"RCLONE_CONFIG_S3_TYPE": "s3", "RCLONE_CONFIG_S3_PROVIDER": "Other", "RCLONE_CONFIG_S3_ENDPOINT": c.Amazon.MinIO,
		"RCLONE_CONFIG_S3_ACCESS_KEY_ID": c.Amazon.AccessKeyID, "RCLONE_CONFIG_S3_SECRET_ACCESS_KEY": c.Amazon.SecretAccessKey,
		"RCLONE_CONFIG_GS_TYPE": "google cloud storage", "RCLONE_CONFIG_GS_PROJECT_NUMBER": "1", "RCLONE_CONFIG_GS_SERVICE_ACCOUNT_CREDENTIALS": c.Google.KeyFile,
		"RCLONE_CONFIG_AZ_TYPE": "azureblob", "RCLONE_CONFIG_AZ_ACCOUNT": c.Azure.Account, "RCLONE_CONFIG_AZ_KEY": c.Azure.AccountKey,
		"RCLONE_CONFIG": os.DevNull,
	})
	remotes := []string{"s3", "gs"}
	if c.Azure.server != "" {
		remotes = append(remotes, "az")
	}
	for _, remote := range remotes {
		for _, bucket := range []string{PrivateBucket, PublicBucket} {
			cmd := exec.CommandContext(ctx, rclone, "copy", folder, remote+":"+bucket)
			for name, value := range env {
				cmd.Env = append(cmd.Env, name+"="+value)
			}
			if remote == "az" && bucket == PublicBucket {
				cmd.Env = append(cmd.Env, "RCLONE_AZUREBLOB_PUBLIC_ACCESS=container")
			}
			if text, err := cmd.CombinedOutput(); err != nil {
				return fmt.Errorf("fill %s:%s: %w\n%s", remote, bucket, err, text)
			}
		}
	}
	return c.Amazon.open(ctx)
}

// open lets everybody read the public bucket of S3.
func (a *Amazon) open(ctx context.Context) error {
	server, err := url.Parse(a.gateways[secureMinIO])
	if err != nil {
		return err
	}
	client, err := minio.New(server.Host, &minio.Options{Creds: credentials.NewStaticV4(a.AccessKeyID, a.SecretAccessKey, "")})
	if err != nil {
		return err
	}
	const policy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":["s3:GetObject","s3:ListBucket"],` +
		`"Resource":["arn:aws:s3:::` + PublicBucket + `","arn:aws:s3:::` + PublicBucket + `/*"]}]}`
	return client.SetBucketPolicy(ctx, PublicBucket, policy)
}
