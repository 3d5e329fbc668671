/// A Python interpreter with `onnx` and `onnxruntime`; see ``PythonPackages``.
public enum ONNXPython {
    private static let python = PythonPackages(
        ["onnx", "onnxruntime"], in: "onnxruntime", check: "import onnx, onnxruntime")

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
