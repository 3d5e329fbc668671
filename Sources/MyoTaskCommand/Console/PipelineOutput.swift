import Documents
import Experiments

/// How the steps of an experiment show.
struct PipelineOutput: Sendable {
    private let showing: ProgressOptions
    private let runs: SweepOutput
    private let batches: [String: ProgressLine]

    init(_ showing: ProgressOptions) {
        self.showing = showing
        runs = SweepOutput(showing)
        batches = Dictionary(
            uniqueKeysWithValues: ["converted", "filtered"].map { ($0, ProgressLine(verb: $0)) })
    }

    /// Shows something that happened.
    func show(_ event: PipelineEvent) {
        switch event {
        case .upToDate(let step):
            say("\(step): up to date", "up_to_date", ["step": .string(step)])
        case .started(let step, let why):
            say("\(step): \(why)", "started", ["step": .string(step), "why": .string(why)])
        case .progress(let progress, let verb):
            if !showing.quiet, !showing.json { batches[verb]?.show(progress) }
        case .done(let step, let summary):
            say("  \(summary)", "done", ["step": .string(step), "summary": .string(summary)])
        case .warning(let text):
            Console.endProgress()
            Console.warning(text)
        case .refused(let reason):
            Console.endProgress()
            Console.problem("refused: \(reason)")
        case .waiting:
            say("waiting for another process that prepares the data", "waiting")
        case .run(let event): runs.show(event)
        }
    }

    private func say(
        _ text: String, _ name: String, _ members: KeyValuePairs<String, DocumentValue> = [:]
    ) {
        if showing.json { return Console.line(EventJSON.line(name, members)) }
        guard !showing.quiet else { return }
        Console.endProgress()
        Console.note(text)
    }
}
