package import Foundation
private import HDF5
package import MachineFaults
private import PrintableText

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
        let reason = SystemReason.of(error)
        self.init(
            operation, reason: reason, fault: MachineFault(error, use, at: Self.folder(of: url)),
            at: url, hint: hint)
    }

    /// A call of the system that failed, in a sentence: the machine's fault where it is one.
    ///
    /// - Parameters:
    ///   - operation: The step.
    ///   - errorNumber: What `errno` was.
    ///   - use: What the place was wanted for.
    ///   - url: The file or folder.
    ///   - hint: What to do when it is no fault of the machine.
    package init(
        _ operation: String, errorNumber: Int32, _ use: MachineFault.Use, at url: URL, hint: String
    ) {
        self.init(
            operation, reason: unsafe String(cString: strerror(errorNumber)),
            fault: MachineFault(errorNumber: errorNumber, use, at: Self.folder(of: url)), at: url,
            hint: hint)
    }

    private init(
        _ operation: String, reason: String, fault: MachineFault?, at url: URL, hint: String
    ) {
        if let fault {
            self.init(fault)
        } else {
            self.init(
                .fileSystem(operation: operation, reason: reason),
                at: Place(file: url.path(percentEncoded: false)), hint: hint)
        }
    }

    /// The folder, which is what has room or permissions: the name of a partial file helps nobody.
    private static func folder(of url: URL) -> String {
        (url.hasDirectoryPath ? url : url.deletingLastPathComponent())
            .path(percentEncoded: false)
    }
}
