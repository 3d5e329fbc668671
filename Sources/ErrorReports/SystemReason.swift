private import Foundation

/// Why the system refused something, in a few words.
///
/// What Foundation says of its errors is a dump of their members, or that there was one.
package enum SystemReason {
    /// The reason behind an error of Foundation.
    ///
    /// - Parameter error: What was thrown.
    /// - Returns: A few words without the path, which the caller knows.
    package static func of(_ error: any Error) -> String {
        if let number = MachineFault.errorNumber(behind: error) {
            return self.of(errorNumber: number)
        }
        let cocoa = error as NSError
        guard cocoa.domain == NSCocoaErrorDomain else { return "the system does not say why" }
        switch CocoaError.Code(rawValue: cocoa.code) {
        case .fileNoSuchFile, .fileReadNoSuchFile: return "there is no such file or folder"
        case .fileReadNoPermission, .fileWriteNoPermission: return "permission denied"
        case .fileWriteFileExists: return "it is there already"
        case .fileReadTooLarge: return "it is too large"
        case .fileReadCorruptFile, .fileReadInapplicableStringEncoding: return "it is damaged"
        case .fileReadUnknown: return "it is no file that can be read"
        default: return "the system does not say why"
        }
    }

    /// The reason behind an error number of the system.
    package static func of(errorNumber: Int32) -> String {
        let text = unsafe String(cString: strerror(errorNumber))
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
