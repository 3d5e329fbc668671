private import Documents
package import EMGArchive
package import MetaLearning
import PrintableText

extension ModelCheckpoint {
    /// What the model was made for, as the collection said that it was trained on.
    ///
    /// - Parameter name: The checkpoint's file, for messages.
    /// - Returns: The description; `nil` for a checkpoint that carries none, as those of older
    ///   versions and of other programs.
    /// - Throws: `MetaLearningError` when it is damaged.
    package func input(at name: String) throws(MetaLearningError) -> InputDescription? {
        guard let inputDescription else { return nil }
        let input: InputDescription
        do throws(DocumentError) {
            input = try InputDescription(Document(json: inputDescription.utf8, name: "input"))
        } catch {
            throw MetaLearningError(
                .malformed(
                    expected: "a description of the model's input", found: "\(error)",
                    byteOffset: 8),
                at: name, hint: "write the checkpoint's metadata again as it was")
        }
        guard input.channels.count == channelCount, input.window.length == windowLength,
            (input.targets?.columns.map(\.name) ?? input.classes) == classNames
                || TrainingConfiguration.FewShot.wayNames(classNames.count) == classNames
        else {
            throw MetaLearningError(
                .incompatible(
                    expected:
                        "windows of \(channelCount, of: "channel") × "
                        + "\(windowLength, of: "sample") and "
                        + "outputs \(classNames.joined(separator: ", "))",
                    found: "the windows and outputs of its own metadata \"input\""),
                at: name, hint: "write the checkpoint's metadata again as it was")
        }
        return input
    }
}
