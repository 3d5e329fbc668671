import Synchronization

/// Says where a page is to be opened: the first address, and another one whenever one was used.
final class PageAnnouncement: Sendable {
    private let name: String
    private let note: String
    private let isFirst = Mutex(true)

    /// - Parameters:
    ///   - name: What the page is about.
    ///   - note: What is to be known of its end.
    init(_ name: String, note: String) {
        self.name = name
        self.note = note
    }

    /// Says an address.
    func say(_ address: String) {
        let first = isFirst.withLock { first in
            defer { first = false }
            return first
        }
        guard first else { return Console.note("for another browser: \(address)") }
        Console.line("\(name): open \(address)")
        Console.note(note)
    }
}
