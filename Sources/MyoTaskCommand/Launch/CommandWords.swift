import Foundation

/// The words of a command line, some of which are taken out or added.
struct CommandWords: Sendable, Hashable {
    /// The words, without the program's name.
    private(set) var words: [String]

    /// The words of this process.
    static var own: CommandWords { CommandWords(Array(CommandLine.arguments.dropFirst())) }

    /// Creates a command line.
    init(_ words: [String]) { self.words = words }

    /// Where options may stand no longer.
    private var end: Int { words.firstIndex(of: "--") ?? words.endIndex }

    /// Whether an option is given.
    func has(_ option: String) -> Bool {
        words[..<end].contains { $0 == option || $0.hasPrefix(option + "=") }
    }

    /// Takes options with a value, and flags, out.
    ///
    /// - Parameters:
    ///   - options: Names of options.
    ///   - flags: Names of flags.
    mutating func remove(options: [String], flags: [String]) {
        var kept: [String] = []
        var isValue = false
        for word in words[..<end] {
            if isValue {
                isValue = false
            } else if options.contains(word) {
                isValue = true
            } else if !flags.contains(word), !options.contains(where: { word.hasPrefix($0 + "=") })
            {
                kept.append(word)
            }
        }
        words = kept + words[end...]
    }

    /// Adds words where options may stand.
    mutating func add(_ more: [String]) { words.insert(contentsOf: more, at: end) }
}
