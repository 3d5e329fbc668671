import Documents
import EMGSignal
import PrintableText
import TaskDraws

// The members of a task that is made of several recordings, or varied.
extension TaskDocument {
    static let recordingsField = Field<Self>(
        "recordings",
        schema: FieldFormat<[CollectionManifest.TaskRecording]>
            .list(of: CollectionManifest.TaskRecording.format).schema,
        "The recordings of the person that the task is made of, one after the other in its "
            + "samples; left out when it is one.",
        read: { cursor, task throws(DocumentError) in
            task.recordings = try FieldFormat.list(of: CollectionManifest.TaskRecording.format)
                .read(cursor)
        },
        write: { task in
            task.recordings.isEmpty
                ? nil
                : FieldFormat.list(of: CollectionManifest.TaskRecording.format)
                    .write(task.recordings)
        })

    static let earlierField = Field<Self>(
        "earlier", schema: { .object(PortionDocument.schema(with: $0)) },
        "Windows of the person's earlier recordings, which methods may use that know the person; "
            + "left out when there are none.",
        read: { cursor, task throws(DocumentError) in
            var portion = PortionDocument(
                sampleCount: task.sampleCount, classCount: task.bounds.classCount)
            try portion.read(cursor)
            task.earlier = portion
        },
        write: { $0.earlier?.document })

    static let drawField = Field<Self>(
        "draw", schema: { .object(TaskDraw.schema(with: $0)) },
        "How support and query were varied before they were stored; left out when they were not.",
        read: { cursor, task throws(DocumentError) in
            task.draw = try TaskDraw(cursor)
            guard
                task.draw.fits(
                    channelCount: task.bounds.channelCount, classCount: task.bounds.classCount)
            else {
                throw cursor.error(
                    expected: "a draw of \(task.bounds.channelCount, of: "channel") and "
                        + "\(task.bounds.classCount, of: "class", plural: "classes")",
                    hint: "orders name each one once, gains are as many as channels")
            }
        },
        write: { $0.draw.isIdentity ? nil : $0.draw.document })

    /// The recordings lie one after the other, and each part lies in its own.
    func checkRecordings(_ object: DocumentObject) throws(DocumentError) {
        if recordings.isEmpty {
            guard let earlier = object.optional("earlier") else { return }
            throw earlier.error(
                expected: "\"recordings\", one of which is an earlier one", found: "none",
                hint: "what is earlier is a recording of its own")
        }
        let list = try object.required("recordings").array()
        var end = 0
        for (recording, cursor) in zip(recordings, list) {
            guard recording.range.start == end, recording.range.end <= sampleCount else {
                throw try cursor.object().required("range").error(
                    expected: "samples from \(end) on, at most \(sampleCount)",
                    found: recording.range.brackets)
            }
            end = recording.range.end
        }
        guard end == sampleCount, recordings.first?.source == source else {
            throw try object.required("recordings").error(
                expected: "recordings of all \(sampleCount, of: "sample"), the first from the "
                    + "task's source", found: "\(end, of: "sample")")
        }
        let parts: [(String, CollectionManifest.TaskRecording.Part, PortionDocument?)] = [
            ("support", .support, support), ("query", .query, query),
            ("earlier", .earlier, earlier),
        ]
        for (key, part, document) in parts {
            let own = recordings.filter { $0.part == part }.map(\.range)
            for (index, range) in (document?.portion.ranges ?? []).enumerated()
            where !own.contains(where: { $0.start <= range.start && range.end <= $0.end }) {
                throw try object.required(key).object().required("ranges").array()[index].error(
                    expected: "a range within one recording of the \(key)",
                    found: range.brackets)
            }
        }
    }
}
