import Documents
import EMGSignal

/// The labels of a recording with what people painted over them.
struct EditedLabels: Sendable {
    /// The labels.
    let track: LabelTrack
    /// Samples that had a label and now have one that a person gave.
    let relabeled: [SampleRange]

    /// Paints labels.
    ///
    /// New classes come behind those that there are, in the natural order of their names, as in
    /// every recording that gets them.
    ///
    /// - Parameters:
    ///   - relabelings: What is painted, later ones above earlier ones; of at most 256 classes with
    ///     those that there are.
    ///   - archived: The labels to paint over; `nil` when there are none.
    ///   - sampleCount: The number of samples.
    init(
        _ relabelings: [RecordingEdits.Relabeling], over archived: LabelTrack?, sampleCount: Int
    ) {
        let painted = relabelings.map(\.range).united()
        let known = archived?.classNames ?? []
        var added = Set(relabelings.map(\.className)).subtracting(known)
        if archived == nil, painted != [SampleRange(start: 0, end: sampleCount)] {
            added.insert(LabelTrack.unlabeledName)
        }
        let names =
            known
            + added.sorted {
                $0 == LabelTrack.unlabeledName
                    || $1 != LabelTrack.unlabeledName && NaturalOrder.precedes($0, $1)
            }
        let numbers = Dictionary(
            names.enumerated().map { ($1, UInt8($0)) }, uniquingKeysWith: { first, _ in first })
        let none = numbers[LabelTrack.unlabeledName] ?? 0
        var values = archived?.values ?? [UInt8](repeating: none, count: sampleCount)
        for relabeling in relabelings {
            let label = numbers[relabeling.className] ?? none
            for sample in relabeling.range.indices { values[sample] = label }
        }
        do throws(SignalError) {
            track = try LabelTrack(classNames: names, values: values)
        } catch {
            preconditionFailure("every label is the number of a class")
        }
        let labeled = archived.map { track in
            track.runs.filter { $0.label != track.unlabeled }.map(\.range).joined()
        }
        relabeled = painted.intersection(labeled ?? [])
    }

    /// Makes sure that what is painted fits a recording.
    ///
    /// - Parameters:
    ///   - relabelings: What is painted.
    ///   - header: The recording.
    ///   - file: Where the decisions come from, for errors.
    /// - Throws: `DocumentError` at the decision that does not fit.
    static func check(
        _ relabelings: [RecordingEdits.Relabeling], _ header: RecordingHeader, _ file: EditFile
    ) throws(DocumentError) {
        var names = header.classNames ?? []
        for relabeling in relabelings where !names.contains(relabeling.className) {
            let name = relabeling.className
            guard relabeling.isNew || header.classNames == nil || name == LabelTrack.unlabeledName
            else {
                let near = Spelling.suggestion(for: name, among: names)
                throw file.error(
                    at: relabeling.decision,
                    expected: "one of \(names.joined(separator: ", "))",
                    found: "class \"\(name)\"",
                    hint: near + "; a class that the recording should get must be said to be new "
                        + "(\"new\": true, --new)")
            }
            guard !name.isEmpty else {
                throw file.error(
                    at: relabeling.decision, expected: "the name of a class", found: "none")
            }
            names.append(name)
            guard names.count < 256 else {
                throw file.error(
                    at: relabeling.decision, expected: "at most 255 classes",
                    found: "\"\(name)\" besides \(names.count - 1) others")
            }
        }
    }
}
