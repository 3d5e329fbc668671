import Foundation
import TestSupport

/// The package `Tests/LaboratoryPackage`, built as a laboratory builds its own, in debug and in a
/// folder below this package's `.build`, so that only what has changed is built again.
enum LaboratoryPackage {
    /// Whether there is a compiler to build it with.
    static let canBuild = (try? Shell.run("swift --version"))?.status == 0

    private static let built = Result { try build() }

    /// One of its commands.
    ///
    /// - Parameter name: `mylab`, or `engines`, which uses single products.
    /// - Returns: The program.
    /// - Throws: ``Failure`` with what the compiler said when it cannot be built.
    static func program(_ name: String = "mylab") throws -> URL {
        try built.get().appending(path: name)
    }

    /// What the compiler said.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static func build() throws -> URL {
        let package = SharedMaterial.packageFolder.appending(path: "Tests/LaboratoryPackage")
        let scratch = SharedMaterial.packageFolder.appending(path: ".build/laboratory")
        let words = ["swift", "build", "--package-path", package.path(), "--scratch-path"]
        let result = try Shell.run(
            (words + [scratch.path()]).map(quoted).joined(separator: " "))
        guard result.status == 0 else {
            throw Failure(description: String(result.output.suffix(4_000)))
        }
        return scratch.appending(path: "debug")
    }

    /// Runs its command.
    ///
    /// - Parameters:
    ///   - arguments: What stands behind the command's name.
    ///   - folder: Where it runs.
    /// - Returns: How it ended, and all that it printed.
    /// - Throws: ``Failure`` when it cannot be built.
    static func run(
        _ arguments: [String], in folder: URL
    ) throws -> (status: Int32, output: String) {
        let words = [try program().path()] + arguments
        return try Shell.run(
            "cd \(quoted(folder.path())) && \(words.map(quoted).joined(separator: " "))")
    }

    private static func quoted(_ word: String) -> String {
        "'\(word.replacing("'", with: "'\\''"))'"
    }
}
