package output

import "syscall"

// mapMemory returns memory of the system's that the garbage collector knows
// nothing of, in large pages where there are any: pages that are touched one by
// one cost more than what is written into them. There is none when the system
// refuses.
func mapMemory(size int) []byte {
	memory, err := syscall.Mmap(-1, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	// Small pages serve as well.
	_ = syscall.Madvise(memory, syscall.MADV_HUGEPAGE)
	return memory
}

// unmapMemory returns memory of mapMemory to the system.
func unmapMemory(memory []byte) error {
	if memory == nil {
		return nil
	}
	return syscall.Munmap(memory)
}
