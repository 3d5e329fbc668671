package import ErrorReports
package import Foundation
private import HDF5

extension ArchiveError {
    /// A step on the file system that failed, in a sentence: the machine's fault where it is one.
    ///
    /// - Parameters:
    ///   - operation: The step, for example `making the folder`.
    ///   - error: What Foundation threw.
    ///   - use: What the place was wanted for.
    ///   - url: The file or folder.
    ///   - hint: What to do when it is no fault of the machine.
    package init(
        _ operation: String, _ error: any Error, _ use: MachineFault.Use, at url: URL, hint: String
    ) {
        if let fault = MachineFault(error, use, at: Self.folder(of: url)) {
            self.init(fault)
        } else {
            self.init(
                .fileSystem(operation: operation, reason: SystemReason.of(error)),
                at: Place(file: url.path(percentEncoded: false)), hint: hint)
        }
    }

    /// The folder, which is what has room or permissions: the name of a partial file helps nobody.
    private static func folder(of url: URL) -> String {
        (url.hasDirectoryPath ? url : url.deletingLastPathComponent())
            .path(percentEncoded: false)
    }
}
