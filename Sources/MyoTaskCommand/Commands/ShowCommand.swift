import ArgumentParser
import ArrayCollections
import EMGArchive
import EMGSignal
import Experiments
import Figures
import Foundation
import PrintableText

/// `myotask show`: what a collection holds.
struct ShowCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "List the tasks of a collection, or one task in full.",
        discussion: """
            Lists from the manifest alone; "myotask audit" looks at the tensors. With --plot a \
            task is drawn: its channels, normalized, with classes, support, query and what is \
            the matter with the signal.
            """)

    @Argument(help: "The collection's manifest, NAME.json.", completion: .file())
    var collection: String

    @Argument(help: "The id of a task.")
    var task: String?

    @Option(
        help: "Draw the task into this file: .svg, .png or .pdf.", completion: .file())
    var plot: String?

    @OptionGroup var format: JSONOption

    var printsJSON: Bool { format.json }

    func validate() throws {
        guard let plot else { return }
        guard task != nil else { throw ValidationError("--plot draws one task: name its id") }
        do {
            _ = try FigureFormat(pathExtension: URL(filePath: plot).pathExtension)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() throws {
        guard !LearningCollection.isOfArrays(URL(filePath: collection)) else {
            return try showArrays()
        }
        let manifest = try CollectionManifest(
            contentsOf: URL(filePath: collection), kinds: CommandContext.current.kinds)
        FaultOutput.warn(manifest.warnings.map(\.description))
        guard let task else {
            guard !printsJSON else {
                return Console.line(JSONText.of(ShowResult(manifest, entry: nil).document))
            }
            return list(manifest)
        }
        guard let entry = manifest.tasks.first(where: { $0.id == task }) else {
            throw ExperimentError(
                .missing("the task \(task)"), at: collection,
                hint: "\"myotask show \(collection)\" lists them")
        }
        if printsJSON {
            Console.line(JSONText.of(ShowResult(manifest, entry: entry).document))
        } else {
            show(entry, of: manifest)
        }
        if let plot {
            let file = try CollectionFile.open(
                URL(filePath: collection), kinds: CommandContext.current.kinds)
            let figure = TaskFigure(
                manifest: manifest, entry: entry, split: manifest.splits.names[entry.id],
                tensors: try file.tensors(for: entry.id))
            try figure.figure.write(to: URL(filePath: plot))
            if printsJSON {
                Console.note("\(plot): drawn")
            } else {
                Console.line("\(plot): drawn")
            }
        }
    }

    /// Lists the classes or tasks of labeled arrays.
    private func showArrays() throws {
        let manifest = try ArrayManifest(contentsOf: URL(filePath: collection))
        guard task == nil else {
            throw ExperimentError(
                .invalid(expected: "a collection of recordings", found: "labeled arrays"),
                at: collection,
                hint: "classes of arrays are listed whole: leave \"\(task ?? "")\" out")
        }
        guard !printsJSON else {
            return Console.line(JSONText.of(ArraysResult(manifest).document))
        }
        Console.line(ArraysResult(manifest).list)
        Console.line(ArraysResult(manifest).table)
        Console.line("\(manifest.name): \(ArraysResult(manifest).summary)")
    }

    private func list(_ manifest: CollectionManifest) {
        var table = TextTable(
            ["task", "split", ">seconds", ">support", ">query"], longest: TextTable.mostTasks)
        let splits = manifest.splits.names
        for entry in manifest.tasks {
            table.add(
                entry.id, splits[entry.id],
                String(
                    format: "%.1f", manifest.samplingRate.seconds(ofSamples: entry.sampleCount)),
                "\(entry.support.windows)", "\(entry.query.windows)")
        }
        Console.line(table.text)
        Console.line(
            "\(manifest.name): \(manifest.tasks.count, of: "task"), "
                + "\(manifest.channels.count, of: "channel") "
                + "at \(manifest.samplingRate.hertz) Hz, \(learned(of: manifest)); windows of "
                + "\(manifest.window.length, of: "sample"), stride \(manifest.window.stride); "
                + "split "
                + "\(manifest.split.rule), guard \(manifest.split.guardSamples); normalization "
                + manifest.normalization.method.name)
    }

    private func show(_ entry: CollectionManifest.Entry, of manifest: CollectionManifest) {
        let rate = manifest.samplingRate
        Console.line(
            "\(entry.id) (\(manifest.splits.names[entry.id])): \(entry.sampleCount, of: "sample") at "
                + "\(rate.hertz) Hz, changing \(entry.effectiveRate.hertz) times a second; from "
                + "\(entry.source.name), SHA-256 \(entry.source.sha256)")
        var parts = TextTable("part", ">from s", ">to s", ">first sample", ">behind the last")
        for (name, portion) in [("support", entry.support), ("query", entry.query)] {
            for range in portion.ranges {
                parts.add(
                    name, String(format: "%.3f", rate.seconds(ofSamples: range.start)),
                    String(format: "%.3f", rate.seconds(ofSamples: range.end)), "\(range.start)",
                    "\(range.end)")
            }
        }
        Console.line(parts.text)
        var classes = TextTable("class", ">support windows", ">query windows")
        for (index, name) in manifest.classes.enumerated() {
            classes.add(
                name, "\(entry.support.windowsPerClass[index])",
                "\(entry.query.windowsPerClass[index])")
        }
        if !manifest.classes.isEmpty { Console.line(classes.text) }
        if let targets = manifest.targets {
            var table = TextTable("target", "unit")
            for column in targets.columns { table.add(column.name, column.unit) }
            Console.line(table.text)
        }
        var channels = TextTable("channel", "unit", ">offset", ">scale")
        for (index, channel) in manifest.channels.enumerated() {
            channels.add(
                channel.name, channel.unit, "\(entry.normalization.offset[index])",
                "\(entry.normalization.scale[index])")
        }
        Console.line(channels.text)
        for interval in entry.quality {
            let channel = interval.channel.map { ", \(manifest.channels[$0].name)" } ?? ""
            Console.line(
                "\(interval.kind.name) at samples \(interval.range.start)–\(interval.range.end)"
                    + channel)
        }
    }

    /// What a model can learn of the windows.
    private func learned(of manifest: CollectionManifest) -> String {
        var parts = [
            manifest.classes.isEmpty
                ? "no classes" : "classes \(manifest.classes.joined(separator: ", "))"
        ]
        if let targets = manifest.targets {
            parts.append(
                "\(targets.columns.count, of: "target") (\(targets.rule.rawValue) of a window)")
        }
        if let grid = manifest.grid {
            parts.append("a grid of \(grid.rows) × \(grid.columns)")
        }
        return parts.joined(separator: ", ")
    }
}
