private import Digests
private import ErrorReports
internal import Foundation

/// The digest and size of a file.
struct FileDigest: Sendable, Hashable {
    let sha256: String
    let bytes: Int

    init(of url: URL) throws(ArrayError) {
        do {
            (sha256, bytes) = try SHA256.digest(ofFile: url.resolvingSymlinksInPath())
        } catch {
            throw ArrayError(reading: url, error)
        }
    }
}

extension ArrayError {
    /// Tells why a file cannot be read.
    init(reading url: URL, _ error: any Error) {
        let name = url.path(percentEncoded: false)
        if let fault = MachineFault(error, .reading, at: name) {
            self.init(.machine(fault), at: name, hint: fault.remedy)
        } else {
            self.init(
                .fileSystem(reason: "cannot be read: \(SystemReason.of(error))"), at: name,
                hint: "check the path and that it may be read")
        }
    }
}
