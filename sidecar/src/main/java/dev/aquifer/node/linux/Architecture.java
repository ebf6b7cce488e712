package dev.aquifer.node.linux;

/** The processor that the program runs on: numbers of system calls and some flags differ. */
enum Architecture {
    X86_64,
    AARCH64;

    static final Architecture CURRENT = of(System.getProperty("os.arch"));

    static Architecture of(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default ->
                throw new IllegalStateException(
                        "expected a processor of x86_64 or aarch64, found '%s': run this program on one of them"
                                .formatted(name));
        };
    }

    int pick(int x86, int arm) {
        return switch (this) {
            case X86_64 -> x86;
            case AARCH64 -> arm;
        };
    }
}
