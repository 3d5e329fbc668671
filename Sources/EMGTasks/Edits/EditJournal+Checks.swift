package import Documents
package import EMGSignal

extension EditJournal {
    /// Makes sure that a decision fits its recording and gives no two recordings one name, after the
    /// decisions that there are.
    ///
    /// - Parameters:
    ///   - action: What is to be decided.
    ///   - id: The recording.
    ///   - header: The recording as the archive has it.
    ///   - archived: The names that the archive gives to its recordings; asked for names only.
    /// - Throws: `DocumentError` that says what does not fit.
    package func check(
        _ action: EditDecision.Action, to id: String, of header: RecordingHeader,
        among archived: () -> [RecordingIdentity]
    ) throws(DocumentError) {
        var trial = EditJournal()
        trial.append(action, to: id, by: "", at: "")
        var known = header
        known.classNames = header.classNames.map { names in
            let painted = Set(recordings[id]?.relabelings.map(\.className) ?? [])
            return names + painted.subtracting(names).sorted(by: NaturalOrder.precedes)
        }
        let file = EditFile(trial, name: "request")
        try EditedMetadata.check(trial.recordings[id] ?? RecordingEdits(), known, file)
        guard case .rename = action else { return }
        var whole = self
        whole.append(action, to: id, by: "", at: "")
        let names = whole.names
        let clash = names.duplicates(among: archived()).first {
            names.decision(about: $0.id) == whole.revision
        }
        guard let clash else { return }
        throw file.error(
            at: 1, expected: "names that no other recording has",
            found: "one for \(clash.id) that \(clash.other) has, too",
            hint: "another \"condition\" or \"run\" tells them apart")
    }
}
