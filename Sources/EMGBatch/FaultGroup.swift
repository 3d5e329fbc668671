private import ErrorReports
private import Foundation
private import PrintableText

/// One fault or note that several inputs of a batch share, reported once.
///
/// ```swift
/// for group in FaultGroup.groups(of: report.refusals) { print(group) }
/// ```
package struct FaultGroup: Sendable, Hashable, CustomStringConvertible {
    /// How many inputs are named beside the first.
    private static let mostNamed = 20

    /// What is said of an input.
    package struct Note: Sendable, Hashable {
        /// The input: a file as the user named it, or a recording's id.
        package let subject: String
        /// What is said, with the subject in it or before it.
        package let text: String

        /// Creates a note.
        package init(subject: String, text: String) {
            self.subject = subject
            self.text = text
        }
    }

    /// The inputs, in the order of the batch.
    package private(set) var subjects: [String]
    /// What is said of the first of them.
    package let text: String
    /// Notes of the group that say the same of other numbers: channels, counts, times.
    package private(set) var otherNumbers = 0

    /// Which notes are put together.
    package enum Likeness: Sendable {
        /// Those in the same words.
        case sameWords
        /// Those in the same words but for numbers.
        case sameButNumbers
    }

    /// Puts together what is said of several inputs alike.
    ///
    /// - Parameters:
    ///   - notes: What is said, in order.
    ///   - likeness: Which of them are put together.
    /// - Returns: The groups, in the order of their first notes.
    package static func groups(
        of notes: [Note], by likeness: Likeness = .sameWords
    ) -> [FaultGroup] {
        var groups: [FaultGroup] = []
        var places: [String: Int] = [:]
        var first: [String] = []
        // Of a hundred thousand inputs each may have the same to be said.
        var named: [Set<String>] = []
        for note in notes {
            let words = note.text.replacing(note.subject, with: "\u{0}")
            let key =
                likeness == .sameWords ? words : words.replacing(/[0-9]+(\.[0-9]+)?/, with: "#")
            if let place = places[key] {
                if named[place].insert(note.subject).inserted {
                    groups[place].subjects.append(note.subject)
                }
                if words != first[place] { groups[place].otherNumbers += 1 }
            } else {
                places[key] = groups.count
                first.append(words)
                named.append([note.subject])
                groups.append(FaultGroup(subjects: [note.subject], text: note.text))
            }
        }
        return groups
    }

    /// What is said of the first input, how many others it holds for, which, and the hint.
    package var description: String {
        let own = Self.named(text, subjects[0])
        guard subjects.count > 1 || otherNumbers > 0 else { return own }
        let others = subjects.dropFirst()
        var names = others.prefix(Self.mostNamed).joined(separator: ", ")
        if others.count > Self.mostNamed { names += " and \(others.count - Self.mostNamed) more" }
        let inputs = others.isEmpty ? "" : "\(others.count) more: \(names)"
        let same =
            otherNumbers == 0
            ? "\n  the same with \(inputs)"
            : "\n  the like with other numbers "
                + (inputs.isEmpty ? "\(otherNumbers, of: "time")" : "in \(inputs)")
        guard let hint = own.range(of: "\n  hint: ", options: .backwards) else { return own + same }
        return own[..<hint.lowerBound] + same + own[hint.lowerBound...]
    }

    /// What is said without the subject and without the hint.
    package var brief: String {
        let line = text.prefix { $0 != "\n" }
        let rest = line.hasPrefix(subjects[0]) ? line.dropFirst(subjects[0].count) : line
        return String(rest.drop { $0 == ":" || $0 == " " })
    }

    /// A text that begins with its subject, once.
    ///
    /// - Parameters:
    ///   - text: What is said.
    ///   - subject: The input.
    /// - Returns: The text, with the subject before it where it did not stand there.
    package static func named(_ text: String, _ subject: String) -> String {
        text.contains(subject) ? text : "\(subject): \(text)"
    }
}

extension BatchReport {
    /// What is said of the inputs that were refused.
    package var refusals: [FaultGroup.Note] {
        items.compactMap { item in
            guard case .refused(let error) = item.outcome else { return nil }
            return FaultGroup.Note(subject: item.input, text: error.description)
        }
    }

    /// What should be known about the batch and its inputs.
    package var notes: [FaultGroup.Note] {
        warnings.map { FaultGroup.Note(subject: $0, text: $0) }
            + items.flatMap { item in
                item.warnings.map { FaultGroup.Note(subject: item.input, text: $0) }
            }
    }
}
