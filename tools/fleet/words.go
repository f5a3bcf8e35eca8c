package fleet

var (
	adjectives = []string{"amber", "brisk", "calm", "deep", "early", "fair", "grand", "late", "mild", "northern", "quick", "rapid", "silver", "tall", "western"}
	nouns      = []string{"basket", "claims", "credit", "demand", "fraud", "harvest", "invoice", "meter", "parcel", "price", "rating", "route", "search", "stock", "traffic", "weather"}
	namespaces = []string{"default", "forecasting", "lending", "logistics", "pricing", "search"}
	stages     = []string{"dev", "test", "prod"}
	units      = []string{"classifier", "model", "ranker", "regressor", "scorer"}
	levels     = []string{"DEBUG", "INFO", "WARNING"}
	memory     = []string{"512Mi", "1Gi", "2Gi", "4Gi"}
	cpu        = []string{"100m", "250m", "500m", "1"}
	buckets    = []string{"gs://example-models", "s3://models", "gs://team-models"}
)
