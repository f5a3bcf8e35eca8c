package seldon

import (
	"errors"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

// Limits on the text of a quantity. To read one takes as many steps as its
// exponent says, and what is beyond them rounds to the same as what is not: a
// quantity goes from 1n to 8E.
const (
	maxQuantityText     = 64
	maxQuantityExponent = 64
)

// ParseQuantity reads a quantity as Kubernetes does, but for texts and exponents
// of which no cluster makes use.
func ParseQuantity(text string) (resource.Quantity, error) {
	if len(text) > maxQuantityText {
		return resource.Quantity{}, errors.New("the quantity is too long")
	}
	if i := strings.LastIndexAny(text, "eE"); i >= 0 {
		// What is not a number is a suffix, such as Ei.
		exponent, err := strconv.Atoi(text[i+1:])
		if errors.Is(err, strconv.ErrRange) || exponent > maxQuantityExponent || exponent < -maxQuantityExponent {
			return resource.Quantity{}, errors.New("the exponent of the quantity is too large")
		}
	}
	return resource.ParseQuantity(text)
}
