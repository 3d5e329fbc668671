internal import Documents
internal import EMGBatch
private import Files
internal import Foundation

/// A step from recordings towards a collection: what it is made with, from and into.
struct DataStep {
    /// Its name in the state and of its folder.
    let name: String
    /// What is said that it does.
    let verb: String
    /// Everything that its result depends on besides its inputs.
    let options: DocumentValue
    /// Files and folders that it reads.
    let inputs: [URL]
    /// The folder that it makes.
    let output: URL
    /// Whether it brings the folder that is there up to date, in place of making a new one, which
    /// then is exchanged for it.
    let isIncremental: Bool
    /// Does it, into a folder.
    ///
    /// - Returns: What it had to refuse.
    let work:
        (_ target: URL, _ show: @escaping @Sendable (PipelineEvent) -> Void) throws -> [String]

    /// What there is to do.
    enum Standing: Hashable {
        /// Nothing: inputs, settings and result are as they were.
        case upToDate(PipelineState.Record)
        /// It is to be done, for a reason.
        case due(why: String)
    }

    /// Whether the step is to be done.
    func standing(
        _ state: PipelineState, _ digests: inout FileDigests
    ) throws -> Standing {
        guard let record = state.records[name] else {
            return .due(why: "it has not been done yet")
        }
        guard record.options.json(.canonical) == options.json(.canonical) else {
            return .due(why: Self.difference(from: record.options, to: options))
        }
        guard record.input == (try digests.digest(of: inputs).sha256) else {
            return .due(why: "what it is made from has changed")
        }
        guard record.output == (try digests.digest(of: [output]).sha256) else {
            return .due(why: "its result was changed or is not there")
        }
        return .upToDate(record)
    }

    /// Does the step.
    func run(
        _ state: inout PipelineState, _ digests: inout FileDigests,
        show: @escaping @Sendable (PipelineEvent) -> Void
    ) throws -> PipelineState.Record {
        let input = try digests.digest(of: inputs).sha256
        try state.forget(name)
        let refused: [String]
        if isIncremental {
            refused = try work(output, show)
        } else {
            let made = try PartialFolder(for: output)
            refused = try work(made.url, show)
            try made.replace()
        }
        let record = PipelineState.Record(
            options: options, input: input, output: try digests.digest(of: [output]).sha256,
            refused: refused)
        try state.set(record, for: name)
        return record
    }

    /// Which settings differ, in words.
    private static func difference(from before: DocumentValue, to now: DocumentValue) -> String {
        func texts(_ value: DocumentValue) -> [String: String] {
            Dictionary(
                value.leaves.compactMap { path, leaf in
                    path.isEmpty
                        ? nil : (DocumentPath(steps: path).description, leaf.json(.canonical))
                }, uniquingKeysWith: { first, _ in first })
        }
        let (old, new) = (texts(before), texts(now))
        let changes = Set(old.keys).union(new.keys).sorted().compactMap { key -> String? in
            switch (old[key], new[key]) {
            case (let value?, nil): "\(key) \(value) is gone"
            case (nil, let value?): "\(key) \(value) is new"
            case (let value?, let other?): value == other ? nil : "\(key) \(value) -> \(other)"
            case (nil, nil): nil
            }
        }
        let shown = changes.prefix(4).joined(separator: ", ")
        let rest = changes.count > 4 ? " and \(changes.count - 4) more" : ""
        return "settings have changed: \(shown)\(rest)"
    }
}
