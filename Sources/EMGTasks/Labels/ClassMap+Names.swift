internal import Documents
internal import EMGSignal

extension ClassMap {
    /// Makes sure that the map names classes that some recording has: a misspelled one would
    /// change nothing, and nobody would notice.
    ///
    /// - Parameters:
    ///   - known: The classes of all recordings.
    ///   - cues: The classes that the split rule was reported to look for; empty when it was not.
    ///   - subject: The collection's name, for errors.
    /// - Throws: ``TaskError`` for a name that no recording has.
    func checkNames(
        known: [String], cues: [String], subject: String
    ) throws(TaskError) {
        let found = known.filter { $0 != LabelTrack.unlabeledName }
        let renamed = merges.flatMap(\.sources)
        let sources = renamed.map { ("merge\" or \"classes.rename", $0) }
        for (key, name) in sources + drop.map({ ("drop", $0) })
        where !known.contains(name) && name != LabelTrack.unlabeledName {
            throw Self.unknown(name, in: "classes.\(key)", among: found, subject)
        }
        let learned = known.filter(learns).map(name(of:))
        for name in order where !learned.contains(name) {
            guard name != LabelTrack.unlabeledName else {
                throw TaskError(
                    .mismatch(what: "\"classes.order\"", expected: "classes", found: name),
                    subject: subject,
                    hint: "samples that nobody labeled are learned when they are given the name "
                        + "of a class, for example classes: {rename: {unlabeled: rest}}")
            }
            throw Self.unknown(name, in: "classes.order", among: learned, subject)
        }
        let names = learned + known.filter { !learns($0) } + [LabelTrack.unlabeledName]
        for cue in cues where !names.contains(cue) {
            throw Self.unknown(cue, in: "split.cues", among: learned, subject)
        }
    }

    private static func unknown(
        _ name: String, in key: String, among known: [String], _ subject: String
    ) -> TaskError {
        let near = Spelling.suggestion(for: name, among: known)
        return TaskError(
            .unknownClass(name, key: key, known: known), subject: subject,
            hint: near.hasPrefix("did") ? near : "correct the name, or leave it out")
    }
}
