# The KRM function, as a container: docker build -t ghcr.io/seldonctl/seldonctl .
# For another platform than that of the builder add --platform.
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -ldflags="-s -w -buildid=" -o /seldonctl ./cmd/seldonctl

FROM scratch
COPY LICENSE /LICENSE
COPY --from=build /seldonctl /usr/local/bin/seldonctl
ENV PATH=/usr/local/bin
# nobody: hosts run functions as this user.
USER 65534:65534
ENTRYPOINT ["seldonctl", "fn"]
