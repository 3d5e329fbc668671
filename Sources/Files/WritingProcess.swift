internal import Foundation

/// Which process on which machine writes a partial file, as its name says it: `<process>-<machine>`.
///
/// On storage that machines share a process number alone says nothing: in containers every program
/// may be number 1, and a number that is not alive here may well be elsewhere.
struct WritingProcess: Sendable, Hashable {
    /// The process's number on its machine.
    let number: pid_t
    /// The machine; `nil` in names that earlier versions wrote.
    let machine: String?

    /// This process.
    static let current = WritingProcess(
        number: ProcessInfo.processInfo.processIdentifier, machine: thisMachine)

    private init(number: pid_t, machine: String?) {
        self.number = number
        self.machine = machine
    }

    /// Reads the part of a partial file's name.
    ///
    /// - Parameter text: What stands between the last two points; `nil` comes of any other text.
    init?(_ text: some StringProtocol) {
        let parts = String(text).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, let number = parts.first.flatMap({ pid_t($0) }), number > 0
        else { return nil }
        self.number = number
        machine = parts.count == 2 ? String(parts[1]) : nil
    }

    /// The part of a partial file's name.
    var text: String { machine.map { "\(number)-\($0)" } ?? "\(number)" }

    /// Whether its number is one of this machine's.
    var isHere: Bool { machine == nil || machine == Self.thisMachine }

    /// Whether it is this process, or one of the same number before it.
    var hasOwnNumber: Bool { isHere && number == Self.current.number }

    /// Whether a process of this machine has the number.
    var isAlive: Bool { kill(number, 0) == 0 || errno != ESRCH }

    /// The host by its name and number, and on Linux the space of its process numbers, which each
    /// container has of its own: eight hexadecimal digits.
    private static let thisMachine: String = {
        let numbers =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
        let host = (try? String(contentsOfFile: "/etc/machine-id", encoding: .utf8)) ?? ""
        // FNV-1a: a name, no secret.
        var hash: UInt32 = 2_166_136_261
        for byte in "\(HostName.current)\n\(host)\n\(numbers)".utf8 {
            hash = (hash ^ UInt32(byte)) &* 16_777_619
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }()
}
