package io.spikelet.hal.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** How functions of the C library are called, and what those that open something have in common. */
final class CLibrary {
    /** Where a call leaves the system's error number. */
    static final MemoryLayout STATE = Linker.Option.captureStateLayout();

    /** For functions that leave one: their first argument is a {@link #STATE}. */
    static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

    private static final long ERRNO_OFFSET = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle CLOSE = link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private CLibrary() {}

    @SuppressWarnings("restricted")
    static MethodHandle link(String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
    }

    static int error(MemorySegment errno) {
        return errno.get(JAVA_INT, ERRNO_OFFSET);
    }

    static void close(int file) {
        try {
            int ignored = (int) CLOSE.invokeExact(file); // Linux frees the number whatever close says
        } catch (Throwable impossible) {
            throw threw(impossible);
        }
    }

    /** For the catch of a call that cannot throw. */
    static AssertionError threw(Throwable impossible) {
        return new AssertionError("a C function threw", impossible);
    }
}
