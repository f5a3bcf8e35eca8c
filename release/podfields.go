package release

func kubernetes1_18() FieldMask { return FieldMask{} }
func kubernetes1_28() FieldMask { return FieldMask{} }
