import ArgumentParser
import ArrayCollections
import Documents
import Experiments
import Foundation
import MetaLearning
import PrintableText

/// `myotask arrays`: labeled arrays, images or tables into a collection.
struct ArraysCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "arrays",
        abstract: "Build a collection of labeled arrays, images or tables for few-shot learning.",
        discussion: """
            A source is an HDF5, .npy, .npz or .csv file, or a folder of images (PNG, PGM, PPM), in \
            which the folder of an image is its class and the one above that its group. The \
            collection is a manifest NAME.json and samples NAME.h5, the same bytes for the same \
            sources and settings; each class is for training, validation or test alone, with all \
            its samples. "myotask train" draws N-way K-shot episodes of it as few_shot says.

            Options stand for settings of the configuration (schemas/arrays.schema.json), and so \
            do arguments key.path=value:
              myotask arrays omniglot.h5 --labels character --names character_name \\
                --groups alphabet --group-names alphabet_name --split background -o study/omniglot
              myotask arrays glyphs/ --size 28 --invert --rotations all -o study/glyphs
              myotask arrays sensors.csv --task device --inputs t,h --targets power -o study/sensors

            See docs/arrays.
            """)

    @Argument(
        help: ArgumentHelp(
            "Files or folders, and settings in place of the configuration's, as split.seed=3.",
            valueName: "source|key.path=value"), completion: .file())
    var sources: [String]

    @Option(name: .shortAndLong, help: "The configuration's file.", completion: .file())
    var config: String?

    @Option(
        name: .shortAndLong,
        help: "The collection, with or without .json: NAME.json and NAME.h5 are written.",
        completion: .file())
    var output: String?

    @Option(help: "The dataset or array of the samples.")
    var samples: String?

    @Option(help: "The dataset, array, column or file of each sample's class.")
    var labels: String?

    @Option(help: "The dataset, array or text file of the names of class numbers.")
    var names: String?

    @Option(help: "The dataset, array or column of what each sample's class belongs to.")
    var groups: String?

    @Option(help: "The names of group numbers.")
    var groupNames: String?

    @Option(help: "The column or dataset of each row's task, for a regression.")
    var task: String?

    @Option(help: "Columns or datasets of a row's inputs, separated by commas.")
    var inputs: String?

    @Option(help: "Columns or datasets of a row's targets, separated by commas.")
    var targets: String?

    @Option(help: "What is divided: class, group, source, or the name of a column that says it.")
    var split: String?

    @Option(help: "Names, separated by commas, or a share below 1 or a number for validation.")
    var validation: String?

    @Option(help: "Names, separated by commas, or a share below 1 or a number for testing.")
    var test: String?

    @Option(help: "Rows and columns that images are brought to.")
    var size: Int?

    @Flag(help: "Let black and white change places.")
    var invert = false

    @Option(help: "Quarter turns as classes of their own: of none, train or all classes.")
    var rotations: String?

    @Option(help: "The first rows of a task that are its support: a share below 1, or a number.")
    var support: String?

    @Flag(help: "Print the settings with every default and where each comes from; do nothing.")
    var printConfig = false

    @Flag(help: "Replace a collection that is there.")
    var force = false

    @OptionGroup var format: JSONOption
    @OptionGroup var parallelism: ThreadOptions

    var printsJSON: Bool { format.json }

    func validate() throws {
        if output == nil, !printConfig { throw ValidationError("--output is needed") }
        if !printConfig, files.isEmpty { throw ValidationError("name at least one source") }
    }

    func run() throws {
        let document = try settings()
        let configuration = try ArrayConfiguration(document.cursor)
        guard let output, !printConfig else {
            return Console.line(
                String(try ResolvedSettings.yaml(ofArrays: document).dropLast()))
        }
        let url =
            output.hasSuffix(".json")
            ? URL(filePath: output) : URL(filePath: output).appendingPathExtension("json")
        for place in [url, ArrayCollectionBuilder.file(beside: url)]
        where !force && FileManager.default.fileExists(atPath: place.path(percentEncoded: false)) {
            throw ExperimentError(
                .invalid(expected: "an output that is not there yet", found: "a file"),
                at: place.relativePath, hint: "give --force to replace it, or another --output")
        }
        let report = try ArrayCollectionBuilder(configuration).build(
            from: files.map { URL(filePath: $0) }, to: url, threads: parallelism.threads)
        guard !printsJSON else {
            return Console.line(
                JSONText.of(ArraysResult(report.manifest, warnings: report.warnings).document))
        }
        FaultOutput.warn(report.warnings)
        Console.line(ArraysResult(report.manifest).table)
        Console.line("\(url.relativePath): \(ArraysResult(report.manifest).summary)")
    }

    /// The arguments that are no settings.
    private var files: [String] { sources.filter { !Self.isSetting($0) } }

    /// Whether an argument is `key.path=value` and no file.
    private static func isSetting(_ text: String) -> Bool {
        guard let (path, _) = DocumentOverride.halves(of: text), !path.isEmpty,
            path.allSatisfy({ $0.isLetter || $0 == "_" || $0 == "." })
        else { return false }
        return !FileManager.default.fileExists(atPath: text)
    }

    /// The configuration's file with what options and arguments say.
    private func settings() throws -> Document {
        let document = try SettingsDocument.read(
            config.map { URL(filePath: $0) }, overrides: sources.filter(Self.isSetting),
            kinds: CommandContext.current.kinds)
        var overrides: [DocumentOverride] = []
        func set(_ path: String, _ value: DocumentValue?, _ option: String) throws {
            guard let value else { return }
            overrides.append(
                DocumentOverride(
                    path: try DocumentPath(path, name: option), value: value, source: option))
        }
        func text(_ text: String?) -> DocumentValue? { text.map { .string($0) } }
        func list(_ text: String?) -> DocumentValue? {
            text.map { .strings($0.split(separator: ",").map(String.init)) }
        }
        func part(_ text: String?) -> DocumentValue? {
            guard let text else { return nil }
            if let count = Int(text) { return .integer(count) }
            return Double(text).map { .number($0) } ?? list(text)
        }
        try set("samples", text(samples), "--samples")
        try set("labels", text(labels), "--labels")
        try set("names", text(names), "--names")
        try set("groups", text(groups), "--groups")
        try set("group_names", text(groupNames), "--group-names")
        try set("task", text(task), "--task")
        try set("inputs", list(inputs), "--inputs")
        try set("targets", list(targets), "--targets")
        try set("image.size", size.map { .integer($0) }, "--size")
        try set("image.invert", invert ? .boolean(true) : nil, "--invert")
        try set("rotations", text(rotations), "--rotations")
        try set("support", part(support), "--support")
        try set("split.validation", part(validation), "--validation")
        try set("split.test", part(test), "--test")
        if let split {
            let isBasis = ["class", "group", "source"].contains(split)
            try set("split.\(isBasis ? "by" : "column")", .string(split), "--split")
        }
        return try document.applying(overrides)
    }
}
