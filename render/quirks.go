package render

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/seldon"
)

func (p *plan) lostEnvironment(*predictorPlan, *seldon.Unit, *corev1.Container, string) {}
func (p *plan) lostGRPCMapping()                                                        {}
func (p *plan) replacedImage(*unitPlan)                                                 {}
func (p *plan) replacedPorts(*unitPlan)                                                 {}
func (p *plan) replacedProbes(*unitPlan)                                                {}
func (p *plan) ignoredModelURI(*seldon.Unit, *field.Path)                               {}
func (p *plan) replacedExplainerArgs(*predictorPlan, *corev1.Container)                 {}
func (p *plan) replacedExplainerEnv(*predictorPlan)                                     {}
func (p *plan) forServerSideApply()                                                     {}
func (p *plan) danglingTLSContext(*predictorPlan)                                       {}
