private import Documents
private import EMGArchive
private import FewShotBenchmark
private import Figures
private import Files
internal import Foundation
private import PrintableText

extension DataVariant {
    /// The step that runs a benchmark on recordings.
    static func benchmark(
        _ part: Experiment.Part, from archive: URL, _ place: PipelineWorkspace
    ) throws -> DataStep {
        let settings = try BenchmarkProtocol(part.cursor)
        return DataStep(
            name: "benchmark", verb: "benchmark",
            options: options([:], and: [("benchmark", settings.document)]), inputs: [archive],
            output: place.folder.appending(path: "benchmark", directoryHint: .isDirectory),
            isIncremental: false
        ) { target, show in
            let people = try BenchmarkPeople.read(RecordingArchive(folder: archive), for: settings)
            for error in people.leftOut { show(.refused("left out: \(error)")) }
            let leaderboard = Leaderboard(
                BenchmarkRun(settings, on: people, threads: place.threads))
            try leaderboard.write(to: target)
            show(
                .done(
                    step: "benchmark",
                    summary: "\(leaderboard.methods.count, of: "method") on "
                        + "\(people.count, of: "person", plural: "people")"))
            return people.leftOut.map(\.description)
        }
    }
}
