/// A Python interpreter with `tensorboard`; see ``PythonPackages``.
public enum TensorBoardPython {
    private static let python = PythonPackages(
        ["tensorboard", "numpy<2"], in: "tensorboard",
        check: "import tensorboard.backend.event_processing.event_accumulator")

    /// Whether there is one.
    public static var isPresent: Bool { python.isPresent }

    /// Runs a program.
    ///
    /// - Parameters:
    ///   - program: Its text.
    ///   - arguments: `sys.argv[1:]`.
    /// - Returns: What it printed to standard output.
    /// - Throws: When there is no interpreter.
    public static func run(_ program: String, arguments: [String]) throws -> String {
        try python.run(program, arguments: arguments)
    }
}
