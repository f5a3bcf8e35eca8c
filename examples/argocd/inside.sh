# Sourced by the other scripts.

# inside refuses a parameter that leads out of the application's folder, or is not
# a name.
inside() {
	case $1 in
	/* | .. | ../* | */.. | */../* | -*)
		echo "error: the parameter $2 must name something in the application's folder" >&2
		exit 1
		;;
	esac
}
