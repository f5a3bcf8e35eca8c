module github.com/seldonctl/seldonctl/tools

go 1.26.0
