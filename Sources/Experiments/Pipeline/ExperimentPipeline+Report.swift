private import Files
internal import Foundation
private import PrintableText

extension ExperimentPipeline {
    /// The making of the report; `nil` when none is asked for.
    func reportStep(on list: SweepList) -> DataStep? {
        guard let settings = experiment.report, let reporting else { return nil }
        let folders = list.points.map {
            place.runs.appending(path: $0.folder, directoryHint: .isDirectory)
        }
        let title = settings.title.isEmpty ? experiment.name : settings.title
        return DataStep(
            name: "report", verb: "report", options: DataVariant.options(["title": title]),
            inputs: folders,
            output: place.folder.appending(path: "report", directoryHint: .isDirectory),
            isIncremental: false
        ) { target, show in
            try reporting(
                folders, title,
                target.appending(path: "report.html", directoryHint: .notDirectory))
            show(.done(step: "report", summary: "\(folders.count, of: "run")"))
            return []
        }
    }

    /// Makes the report once every run is finished.
    func report(
        on list: SweepList, _ table: SweepTable, _ show: @escaping @Sendable (PipelineEvent) -> Void
    ) throws -> URL? {
        guard let step = reportStep(on: list) else { return nil }
        guard table.count(.finished) == list.points.count else {
            show(.warning("no report yet: not all runs are finished"))
            return nil
        }
        let lock = try ExclusiveLock(waitingFor: place.folder)
        defer { withExtendedLifetime(lock) {} }
        var state = try PipelineState.read(in: place.folder)
        var digests = FileDigests.read(storedAt: digestFile)
        switch try step.standing(state, &digests) {
        case .upToDate: show(.upToDate(step: "report"))
        case .due(let why):
            show(.started(step: "report", why: why))
            _ = try step.run(&state, &digests, show: show)
        }
        try digests.save()
        return step.output.appending(path: "report.html", directoryHint: .notDirectory)
    }
}
