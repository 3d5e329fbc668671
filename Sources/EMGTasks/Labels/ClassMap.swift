internal import EMGSignal

/// How the classes of recordings become those of a collection: renamed, merged, put in order, or
/// dropped.
///
/// A dropped class is not learned: its samples are in no window, but they stay in their place, so
/// that the cues round them are still found. Samples that nobody labeled
/// (`LabelTrack.unlabeledName`) are dropped unless a merge gives them the name of a class.
public struct ClassMap: Hashable, Sendable {
    /// A class of the collection and the classes of the recordings that it stands for.
    public struct Merge: Sendable, Hashable {
        /// The name in the collection.
        public var name: String
        /// The names in the recordings; one for a new name, several for a union.
        public var sources: [String]

        /// Creates a merge.
        public init(name: String, sources: [String]) {
            self.name = name
            self.sources = sources
        }
    }

    /// Classes that get another name or become one; no source stands twice.
    public var merges: [Merge]
    /// Classes of the recordings that are not learned.
    public var drop: [String]
    /// The collection's classes in the order of their labels; those of each recording in their own
    /// order when empty.
    public var order: [String]

    /// Creates a map that changes nothing.
    public init() {
        self.init(merges: [])
    }

    /// Creates a map.
    public init(merges: [Merge] = [], drop: [String] = [], order: [String] = []) {
        self.merges = merges
        self.drop = drop
        self.order = order
    }

    /// Whether nothing is changed.
    package var isIdentity: Bool { merges.isEmpty && drop.isEmpty && order.isEmpty }

    /// Whether the samples of a class of the recordings may be in windows.
    func learns(_ source: String) -> Bool {
        guard !drop.contains(source) else { return false }
        return source != LabelTrack.unlabeledName
            || merges.contains { $0.sources.contains(source) }
    }

    /// The class of the collection that a class of the recordings becomes.
    func name(of source: String) -> String {
        merges.first { $0.sources.contains(source) }?.name ?? source
    }

    /// Labels after the map.
    struct Labels: Sendable {
        /// The classes of the collection.
        let classNames: [String]
        /// The labels; those of dropped classes have names of their own behind `classNames`.
        let track: LabelTrack?
    }

    /// Maps the labels of a recording.
    ///
    /// - Parameters:
    ///   - track: The labels.
    ///   - subject: The recording's id, for errors.
    /// - Returns: The labels and classes of the collection.
    /// - Throws: ``TaskError`` for a class that the order does not have.
    func labels(_ track: LabelTrack, subject: String) throws(TaskError) -> Labels {
        var names = order
        var targets: [String?] = []
        for source in track.classNames {
            guard learns(source) else {
                targets.append(nil)
                continue
            }
            let name = name(of: source)
            targets.append(name)
            guard !names.contains(name) else { continue }
            guard order.isEmpty else {
                throw TaskError(
                    .mismatch(
                        what: "class", expected: order.joined(separator: ", "), found: name),
                    subject: subject,
                    hint: "add it to \"classes.order\", or to \"classes.drop\"")
            }
            names.append(name)
        }
        guard !names.isEmpty else {
            throw TaskError(
                .tooFew(what: "classes that are not dropped", expected: 1, found: 0),
                subject: subject, hint: "see \"classes.drop\"")
        }
        let dropped = track.classNames.filter { !learns($0) }
        let codes = zip(track.classNames, targets).map { source, target in
            target.flatMap { names.firstIndex(of: $0) }
                ?? names.count + (dropped.firstIndex(of: source) ?? 0)
        }
        guard names.count + dropped.count <= 256 else {
            throw TaskError(
                .mismatch(
                    what: "classes", expected: "at most 256",
                    found: "\(names.count + dropped.count)"), subject: subject,
                hint: "see \"classes\"")
        }
        let bytes = codes.map { UInt8($0) }
        do throws(SignalError) {
            return Labels(
                classNames: names,
                track: try LabelTrack(
                    classNames: names + dropped, values: track.values.map { bytes[Int($0)] }))
        } catch {
            throw TaskError(
                .mismatch(what: "labels", expected: "a class each", found: "\(error)"),
                subject: subject, hint: error.hint)
        }
    }
}
