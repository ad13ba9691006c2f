package check

import "context"

func (c *checker) series(ctx context.Context) {}
