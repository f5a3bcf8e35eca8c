package agreement

import "regexp"

// row names the findings that announce what a server says.
type row struct {
	says  *regexp.Regexp
	codes []string
}

// rows is the reviewed table of announcements. A code that is in no row
// announces nothing that a server without nodes would show.
var rows = []row{
	{says(`^metadata\.name: Invalid value`), codes("SDC501")},
	{says(`(^metadata\.labels|^spec\.selector|\.matchLabels|^spec\.template\.labels|\.matchLabelKeys).*: Invalid value: .*(must be no more than|must consist of|must be non-empty)`), codes("SDC502")},
	{says(`^spec\.selector: Invalid value: .*invalid label selector`), codes("SDC502")},
	{says(`annotations: (Invalid value|Too long)`), codes("SDC503")},
	{says(`already exists$`), codes("SDC504")},
	{says("`selector` does not match template `labels`"), codes("SDC505")},

	{says(`ontainers\[\d+\]\.name: Duplicate value`), codes("SDC511")},
	{says(`volumes\[\d+\]\.name: Duplicate value`), codes("SDC512")},
	{says(`hides previous definition of`), codes("SDC513")},
	{says(`\.env: duplicate entries for key`), codes("SDC513")},
	{says(`duplicate port definition with`), codes("SDC514", "SDC517")},
	{says(`\.ports: duplicate entries for key`), codes("SDC514")},
	{says(`\.ports\[\d+\]\.name: Duplicate value`), codes("SDC514")},
	{says(`mountPath: Invalid value: .*must be unique`), codes("SDC515")},
	{says(`volumeMounts\[\d+\]\.name: Not found`), codes("SDC516")},
	{says(`ports?(\[\d+\])?\.(containerPort|hostPort|port|targetPort): (Invalid value|Required value)`), codes("SDC518")},
	{says(`Probe.*: (Required value|Invalid value|Forbidden)`), codes("SDC520")},
	{says(`template\.spec\.(restartPolicy|activeDeadlineSeconds|ephemeralContainers)`), codes("SDC521")},
	{says(`duplicate entries for key`), codes("SDC522")},
	{says(`ports\[\d+\]\.name: Invalid value`), codes("SDC523")},
	{says(`env\[\d+\]\.name: (Invalid value|Required value)`), codes("SDC524")},

	{says(`containers\[\d+\]\.image: Required value`), codes("SDC531")},
	{says(`imagePullPolicy: Unsupported value`), codes("SDC534")},
	{says(`resources\.requests: Invalid value`), codes("SDC535")},
	{says(`fractional byte value`), codes("SDC536")},

	{says(`^spec\.ports: Required value`), codes("SDC543")},
	{says(`^spec\.(minReplicas|maxReplicas): `), codes("SDC551")},
	{says(`^spec\.metrics\[\d+\]`), codes("SDC552")},
	{says(`minAvailable and maxUnavailable cannot be both set`), codes("SDC553")},
	{says(`^spec\.(replicas|progressDeadlineSeconds): `), codes("SDC554")},
}

// remarks are rows about what a server only warns of. It keeps silent about them
// where it refuses the object.
var remarks = []row{
	{says(`duplicate port name`), codes("SDC525")},
	{says(`a null labelSelector results in matching no pod`), codes("SDC545")},
}

func says(pattern string) *regexp.Regexp { return regexp.MustCompile(pattern) }
func codes(all ...string) []string       { return all }
