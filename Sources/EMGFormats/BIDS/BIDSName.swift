package import Foundation

/// A file name in the form of BIDS: `sub-7_ses-1_task-grasp_run-2_emg.edf`.
package struct BIDSName: Sendable, Hashable {
    /// One `key-value` of a name.
    package struct Entity: Sendable, Hashable {
        package let key: String
        package let value: String
    }

    /// The entities, in the order of the name.
    package let entities: [Entity]
    /// The last part, such as `emg` or `channels`.
    package let suffix: String
    /// What follows the first point, in lower case.
    package let fileExtension: String

    /// Keys of entities, in the order in which they stand in a name.
    package enum Key: String, Sendable, CaseIterable {
        case subject = "sub"
        case session = "ses"
        case task
        case acquisition = "acq"
        case run
        case recording

        /// What an entity, or a folder of that name, begins with: `sub-`.
        package var prefix: String { rawValue + "-" }

        /// An entity: `sub-7`.
        package func entity(_ value: String) -> String { prefix + value }

        /// Those that together say what was done.
        package static let ofCondition: [Key] = [.task, .acquisition, .recording]
    }

    /// Takes a file name apart; `nil` when it is not of the form.
    package init?(_ fileName: String) {
        guard let point = fileName.firstIndex(of: ".") else { return nil }
        fileExtension = fileName[fileName.index(after: point)...].lowercased()
        let parts = fileName[..<point].split(separator: "_", omittingEmptySubsequences: false)
        guard let last = parts.last, !last.isEmpty, !last.contains("-") else { return nil }
        suffix = String(last)
        var entities: [Entity] = []
        for part in parts.dropLast() {
            let sides = part.split(separator: "-", omittingEmptySubsequences: false)
            guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else { return nil }
            entities.append(Entity(key: String(sides[0]), value: String(sides[1])))
        }
        guard Set(entities.map(\.key)).count == entities.count else { return nil }
        self.entities = entities
    }

    /// The value of an entity.
    package subscript(key: Key) -> String? { self[key.rawValue] }

    private subscript(key: String) -> String? {
        entities.first { $0.key == key }?.value
    }

    /// Whether it names EMG of a person and task.
    package var isRecording: Bool {
        suffix == BIDS.Suffix.emg.rawValue && self[Key.subject] != nil && self[Key.task] != nil
    }

    /// Whether what this name says holds for another one: every entity stands there, too.
    package func applies(to other: BIDSName) -> Bool {
        entities.allSatisfy { other[$0.key] == $0.value }
    }

    /// The name of a recording's file; `nil` when it is none.
    package static func recording(_ url: URL) -> BIDSName? {
        BIDSName(url.lastPathComponent).flatMap { $0.isRecording ? $0 : nil }
    }
}
