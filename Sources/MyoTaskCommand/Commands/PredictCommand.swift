import ArgumentParser
import Decoding
import EMGArchive
import EMGBatch
import ErrorReports
import Files
import Foundation
import Parallel
import PrintableText

/// `myotask predict`: the decisions of a decoder about recordings.
struct PredictCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Decode recordings: class and probabilities of each window or sample.",
        discussion: """
            Decisions are those of "myotask decode" on the same samples, to the last bit. Give \
            recordings as they were converted, which the bundle conditions itself, or as they were \
            conditioned for its training.

            A whole archive gives a folder with one file a recording; a recording by its file \
            (NAME.h5) gives one file. See docs/decoding/predict.md.
            """)

    @Argument(help: "The decoder, NAME.myodec.", completion: .file())
    var bundle: String

    @Argument(help: "An archive's folder, or the file of a recording.", completion: .file())
    var recordings: String

    @Option(
        name: .shortAndLong,
        help:
            "For an archive a folder, for a recording a file NAME.csv, NAME.npy, NAME.h5 or NAME.jsonl.",
        completion: .file())
    var output: String

    @Option(help: "How the files of an archive are written: csv, npy, h5 or jsonl.")
    var format: PredictionFormat = .csv

    @Option(
        help: """
            A row for each window, or for each sample: what was decided last, up to it.
            """)
    var rows: PredictionHead.Rows = .window

    @OptionGroup var json: JSONOption
    @OptionGroup var parallelism: ThreadOptions

    var printsJSON: Bool { json.json }

    func run() throws {
        let decoder = try DecoderBundle(
            contentsOf: URL(filePath: bundle), kinds: CommandContext.current.kinds)
        var prediction = RecordingPrediction(decoder)
        prediction.rows = rows
        let place = URL(filePath: recordings)
        if Folder.exists(at: place) {
            try predict(place, by: prediction)
        } else {
            try predictOne(place, by: prediction)
        }
    }

    private func predictOne(_ recording: URL, by prediction: RecordingPrediction) throws {
        let url = URL(filePath: output)
        guard let format = PredictionFormat(endingOf: url) else {
            throw DecodingError(
                .outOfRange(
                    expected: "a name that ends in .csv, .npy, .h5 or .jsonl", found: output),
                at: "--output", hint: "the ending says how predictions are written")
        }
        let count = try prediction.write(recording, to: url, as: format)
        let item = BatchItem(input: recordings, recordings: [output], outcome: .written)
        guard printsJSON else { return Console.line("\(output): \(count, of: "row")") }
        try BatchOutput(verb: "predicted", isJSON: true).finish(
            BatchReport(items: [item]), at: output)
    }

    /// Predicts a whole archive; a recording that cannot be decoded costs one file.
    private func predict(_ folder: URL, by prediction: RecordingPrediction) throws {
        let archive = RecordingArchive(folder: folder)
        let target = URL(filePath: output, directoryHint: .isDirectory)
        guard
            target.resolvingSymlinksInPath().standardizedFileURL
                != folder.resolvingSymlinksInPath().standardizedFileURL
        else {
            throw DecodingError(
                .outOfRange(expected: "another folder for the predictions", found: output),
                at: "--output", hint: "the archive is never changed: choose a new folder")
        }
        let entries = try archive.recordings()
        let format = format
        let items = try concurrentMap(count: entries.count, threads: parallelism.threads) {
            index throws(DecodingError) in
            let entry = entries[index]
            let url = target.appending(path: "\(entry.id).\(format.rawValue)")
            do {
                _ = try prediction.write(entry.url, to: url, as: format)
                return BatchItem(input: entry.id, recordings: [entry.id], outcome: .written)
            } catch {
                if let fault = MachineFault.behind(error) {
                    throw DecodingError(.machine(fault), at: fault.place, hint: fault.remedy)
                }
                return BatchItem(
                    input: entry.id,
                    outcome: .refused(
                        ErrorReport(error, text: FaultGroup.named("\(error)", entry.id))))
            }
        }
        try BatchOutput(verb: "predicted", isJSON: printsJSON).finish(
            BatchReport(items: items), at: output)
    }
}

extension PredictionFormat: ExpressibleByArgument {}
extension PredictionHead.Rows: ExpressibleByArgument {}
