import Documents
import EMGIngest
import Foundation

/// What the commands of a program work with: given once, by ``MyoTaskProgram``.
struct CommandContext: Sendable {
    /// The program's name, for usage texts and hints.
    var name = "myotask"
    /// What is added to the library's kinds.
    var kinds = Kinds()
    /// The formats that can be read.
    var readers = ReaderRegistry.standard

    /// That of the program. Whoever hands work to other threads takes it along.
    @TaskLocal static var current = CommandContext()

    /// Reads a document with all kinds.
    ///
    /// - Parameter path: The file.
    /// - Returns: The document.
    /// - Throws: `DocumentError` when it cannot be read or parsed.
    func document(at path: String) throws(DocumentError) -> Document {
        try Document(contentsOf: URL(filePath: path), kinds: kinds)
    }
}
