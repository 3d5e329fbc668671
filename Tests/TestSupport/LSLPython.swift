#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A Python interpreter with `pylsl`, which brings liblsl; see ``PythonPackages``.
///
/// Streams are announced to the whole network: programs that use them run in a network of their own,
/// for which it takes root and Linux.
public enum LSLPython {
    private static let python = PythonPackages(
        ["pylsl", "numpy"], in: "pylsl", check: "import pylsl, numpy")

    /// Enters a network of its own in which this machine can be reached.
    private static let prologue = """
        import ctypes, subprocess, sys
        if ctypes.CDLL(None).unshare(0x40000000) != 0: sys.exit(0)
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)

        """

    /// Whether there is one, and a network of its own can be had.
    public static let isPresent: Bool = {
        guard geteuid() == 0, python.isPresent else { return false }
        return (try? run("print('ready')", arguments: [])) == "ready\n"
    }()

    /// Runs a program in a network of its own.
    ///
    /// - Parameters:
    ///   - program: Its text.
    ///   - arguments: `sys.argv[1:]`.
    /// - Returns: What it printed to standard output.
    /// - Throws: When there is no interpreter.
    public static func run(_ program: String, arguments: [String]) throws -> String {
        try python.run(prologue + program, arguments: arguments)
    }
}
