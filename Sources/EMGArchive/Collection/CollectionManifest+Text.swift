import Documents
import EMGSignal
private import Files
package import Foundation
import HDF5

extension CollectionManifest {
    /// The manifest as JSON: sorted members, two spaces a level, a final newline. The same
    /// manifest gives the same text.
    ///
    /// - Returns: UTF-8 text.
    /// - Throws: ``ArchiveError`` when a number is not finite, which JSON cannot say.
    package func json() throws(ArchiveError) -> String {
        let coefficients = tasks.flatMap { $0.normalization.offset + $0.normalization.scale }
        let steps = conditioning + history
        guard coefficients.allSatisfy(\.isFinite), steps.allSatisfy(\.isFinite),
            split.parameters.values.allSatisfy(\.isFinite),
            augmentation.allSatisfy({ $0.parameters.values.allSatisfy(\.isFinite) })
        else {
            throw ArchiveError(
                .invalid(expected: "finite numbers", found: "nan or inf"),
                at: Place(file: "manifest of \(name)"),
                hint: "look at the normalization and the parameters of the steps")
        }
        return DocumentValue.object(Self.fields.members(of: self)).json(.sorted)
    }

    /// Writes the manifest, atomically.
    ///
    /// - Parameter url: Where; a file that is there is replaced.
    /// - Throws: ``ArchiveError`` when it cannot be written.
    package func write(to url: URL) throws(ArchiveError) {
        let text = try json()
        try ArchiveError.wrapping { () throws(FilesError) in try AtomicFile.write(text, to: url) }
    }

    /// The largest whole number that every JSON reader keeps (RFC 8259 section 6); larger seeds
    /// are written as texts.
    static let largestPlainSeed: UInt64 = (1 << 53) - 1
}
