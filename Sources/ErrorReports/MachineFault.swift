private import Foundation

/// Something that this machine lacks or refuses: a full disk, no permission to write, no more
/// descriptors.
///
/// It says nothing of the file that was being worked on. A batch stops at one, records nothing
/// about the file, and goes on when it is started again.
public struct MachineFault: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// What is missing.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// The disk is full.
        case diskFull
        /// The user's share of the disk is used up.
        case quota
        /// The disk does not answer as it should.
        case inputOutput
        /// The disk may not be written to by anyone.
        case readOnly
        /// The user may not write there.
        case permission
        /// No further file can be opened.
        case descriptors
        /// There is no memory left.
        case memory
        /// No further process can be started.
        case process
    }

    /// What a file or folder was wanted for.
    package enum Use: Sendable, Hashable {
        /// Reading: a file that may not be read is a property of that file.
        case reading
        /// Writing.
        case writing
    }

    /// What is missing.
    public let kind: Kind
    /// The file or folder that needed it.
    public let place: String

    /// Creates a fault.
    package init(_ kind: Kind, at place: String) {
        self.kind = kind
        self.place = place
    }

    /// The fault that an error number of the system stands for; `nil` when it tells of the file.
    ///
    /// - Parameters:
    ///   - errorNumber: What `errno` was.
    ///   - use: What the place was wanted for.
    ///   - place: The file or folder.
    package init?(errorNumber: Int32, _ use: Use, at place: String) {
        let kind: Kind? =
            switch errorNumber {
            case ENOSPC: .diskFull
            case EDQUOT: .quota
            case EIO: .inputOutput
            case EMFILE, ENFILE: .descriptors
            case ENOMEM: .memory
            case EROFS: .readOnly
            case EACCES, EPERM: use == .writing ? .permission : nil
            default: nil
            }
        guard let kind else { return nil }
        self.init(kind, at: place)
    }

    /// The fault behind an error of Foundation; `nil` when it tells of the file.
    ///
    /// - Parameters:
    ///   - error: What was thrown.
    ///   - use: What the place was wanted for.
    ///   - place: The file or folder.
    package init?(_ error: any Error, _ use: Use, at place: String) {
        guard let number = Self.errorNumber(behind: error) else { return nil }
        self.init(errorNumber: number, use, at: place)
    }

    /// The number that the system gave, where an error keeps it.
    package static func errorNumber(behind error: any Error) -> Int32? {
        if let error = error as? POSIXError { return error.code.rawValue }
        let error = error as NSError
        if error.domain == NSPOSIXErrorDomain { return Int32(clamping: error.code) }
        if let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error {
            return errorNumber(behind: cause)
        }
        guard error.domain == NSCocoaErrorDomain else { return nil }
        switch CocoaError.Code(rawValue: error.code) {
        case .fileWriteOutOfSpace: return ENOSPC
        case .fileWriteNoPermission: return EACCES
        case .fileWriteVolumeReadOnly: return EROFS
        default: return nil
        }
    }

    /// What is missing, and where, in a sentence.
    public var description: String {
        switch kind {
        case .diskFull: "the disk of \(place) is full"
        case .quota: "your share of the disk of \(place) is used up"
        case .inputOutput: "the disk of \(place) does not answer as it should"
        case .readOnly: "the disk of \(place) may only be read"
        case .permission: "you may not write in \(place)"
        case .descriptors: "no further file can be opened, \(place) was to be"
        case .memory: "there is no memory left for \(place)"
        case .process: "no further process can be started for \(place)"
        }
    }

    /// What is needed.
    package var remedy: String {
        let needed =
            switch kind {
            case .diskFull, .quota: "free space there, or write to another disk"
            case .inputOutput: "check the disk and its connection"
            case .readOnly: "write to another folder"
            case .permission: "change the folder's permissions, or write to another folder"
            case .descriptors: "raise the limit of open files (ulimit -n), or use fewer threads"
            case .memory: "end other programs, or use fewer threads"
            case .process: "end other programs, or use fewer threads"
            }
        return needed + "; the same command then goes on where it stopped"
    }
}

/// An error that may be about the machine, not about what was worked on.
package protocol MachineFaulting: Error {
    /// The machine's fault; `nil` when the error is about a file or setting.
    var machineFault: MachineFault? { get }
}

extension MachineFault: MachineFaulting {
    /// Itself.
    package var machineFault: MachineFault? { self }

    /// The machine's fault behind any error.
    ///
    /// - Parameter error: What was thrown, by this package or by Foundation.
    /// - Returns: The fault; `nil` when the error is about a file or setting.
    package static func behind(_ error: any Error) -> MachineFault? {
        if let error = error as? any MachineFaulting { return error.machineFault }
        let details = (error as NSError).userInfo
        let place =
            details[NSFilePathErrorKey] as? String
            ?? (details[NSURLErrorKey] as? URL)?.path(percentEncoded: false)
        // Without a place it is not known what was read or written.
        return place.flatMap { MachineFault(error, .writing, at: $0) }
    }
}
