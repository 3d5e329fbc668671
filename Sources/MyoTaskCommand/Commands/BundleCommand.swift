import ArgumentParser
import Decoding
import Documents
import EMGArchive
import EMGFilters
import Experiments
import Files
import Foundation
import MetaLearning

/// `myotask bundle`: a decoder from a trained model.
struct BundleCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract:
            "Make a decoder (NAME.myodec) of a run's model: one file from samples to decisions.",
        discussion: """
            "myotask train" writes the decoders of its models into RUN/decoders by itself. This \
            makes one of another checkpoint, or of recordings that were not filtered causally.

            The file holds the conditioning, channels, rate, windows, normalization, model, classes \
            and what it was made from, and a card for people (--card shows it). See \
            docs/decoding/bundle.md.
            """)

    @Argument(
        help: "The folder of a run, a checkpoint in it, or a bundle to look at.",
        completion: .file())
    var model: String

    @Option(
        help: "The collection's manifest; that of the run when left out.", completion: .file())
    var collection: String?

    @Option(
        help: ArgumentHelp(
            "The pipeline that the recordings passed, for archives of earlier versions.",
            valueName: "file"), completion: .file())
    var pipeline: String?

    @Flag(
        help: """
            Take the causal filters of the same design for recordings that were filtered with zero \
            phase: decisions are then not those that were measured.
            """)
    var causalForm = false

    @Option(name: .shortAndLong, help: "The bundle, NAME.myodec.", completion: .file())
    var output: String?

    @Option(
        help: """
            Of a run's folder, which decoder: meta, pretrained or random, a model that was trained; \
            prior, a Gaussian prior over the training people's class means, which one gesture adapts; or \
            a discriminant of the training people's windows: lda, nearest_mean or ridge, which adapt \
            fits anew, or others, which adapt turns round a ring of channels.
            """)
    var method = Method.meta.rawValue

    @Option(
        help: "What a discriminant sees of each channel of a window; log_amplitude if left out.")
    var features: WindowFeatures.Kind?

    @Option(
        help: """
            Whether channels are a ring of electrodes that may be put on turned: none, or ring. A \
            discriminant that adapt would fit anew is then turned instead, so that it decides the labels \
            best; a prior counts all turns. When left out, a prior takes the run's \
            baselines.prior.turns, or else what is better for training people, and none for a grid.
            """)
    var turns: DiscriminantKind.Turns?

    @Flag(
        inversion: .prefixedNo,
        help: """
            Of a prior, also in a bundle: the decoder goes on learning while it decides, without labels, \
            from each window by how probable its classes are.
            """)
    var updates: Bool?

    @Option(
        help: ArgumentHelp(
            "What is made of the probabilities before a device follows them, a YAML file.",
            valueName: "file"), completion: .file())
    var control: String?

    @Flag(help: "Show the bundle's card.")
    var card = false

    @OptionGroup var format: JSONOption

    var printsJSON: Bool { format.json }

    func validate() throws {
        if pipeline != nil, causalForm {
            throw ValidationError("--pipeline and --causal-form exclude each other")
        }
        let isDiscriminant = DiscriminantKind(method: method) != nil
        if features != nil, !isDiscriminant {
            throw ValidationError(
                "--features is for --method \(Self.list(DiscriminantKind.methods))")
        }
        if turns != nil, !isDiscriminant, method != Method.prior.rawValue {
            throw ValidationError(
                "--turns is for --method "
                    + Self.list([Method.prior.rawValue] + DiscriminantKind.methods))
        }
    }

    func run() throws {
        let url = URL(filePath: model)
        let isBundle = url.pathExtension == DecoderBundle.fileExtension
        if isBundle, control == nil, updates == nil, output == nil {
            return show(
                try DecoderBundle(contentsOf: url, kinds: CommandContext.current.kinds), at: model)
        }
        guard let output else {
            throw DecodingError(
                .unsupported("a bundle needs a name"), at: model,
                hint: "name it with --output NAME.myodec")
        }
        if FileManager.default.fileExists(atPath: output) {
            throw DecodingError(
                .alreadyExists, at: output, hint: "name a file that is not there yet")
        }
        var bundle =
            isBundle
            ? try DecoderBundle(contentsOf: url, kinds: CommandContext.current.kinds)
            : try decoder(url)
        if let control {
            bundle.control = try ControlSettings(
                CommandContext.current.document(at: control).cursor)
            // Refuses a layer for other classes.
            _ = try bundle.makeControl()
        }
        if let updates { try bundle.setUpdates(updates, at: model) }
        try bundle.write(to: URL(filePath: output))
        show(bundle, at: output)
    }

    /// The decoder of a run's method, or of a checkpoint.
    private func decoder(_ url: URL) throws -> DecoderBundle {
        guard !Folder.exists(at: url) else {
            let decoders = try decoders(of: url)
            let method = Method(rawValue: method)
            if var discriminant = DiscriminantKind(method: method.rawValue) {
                discriminant.features = features ?? discriminant.features
                discriminant.turns = turns ?? discriminant.turns
                return try decoders.bundle(of: discriminant, method: method)
            }
            guard decoders.methods.contains(method) else {
                let others = decoders.methods.map(\.rawValue).filter {
                    !DiscriminantKind.methods.contains($0)
                }
                throw DecodingError(
                    .unsupported("the run has no model of the method \(method.rawValue)"),
                    at: model, hint: "it has \(Self.list(others + DiscriminantKind.methods))")
            }
            return try decoders.bundle(of: method)
        }
        guard FileManager.default.fileExists(atPath: model) else {
            throw DecodingError(
                .inputOutput(reason: "cannot be read: there is no such file"), at: model,
                hint: "name the folder of a run, or a checkpoint in it")
        }
        let stem = Method(rawValue: url.deletingPathExtension().lastPathComponent)
        return try decoders(of: url.deletingLastPathComponent().deletingLastPathComponent())
            .bundle(of: url, method: [.random, .pretrained].contains(stem) ? stem : .meta)
    }

    private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }

    private func decoders(of folder: URL) throws -> RunDecoders {
        let kinds = CommandContext.current.kinds
        let place = try collection ?? RunRecord.read(folder).value("environment.collection_path")
        guard let place else {
            throw DecodingError(
                .unsupported("nothing says what it was trained on"), at: model,
                hint: "name the collection's manifest with --collection NAME.json")
        }
        let conditioning: BundleTemplate.Conditioning =
            if let pipeline {
                .stated(
                    try ConditioningPipeline(
                        CommandContext.current.document(at: pipeline).cursor))
            } else {
                causalForm ? .causalForm : .recorded
            }
        return try RunDecoders(
            of: folder, on: CollectionFile.open(URL(filePath: place), kinds: kinds),
            conditioning: conditioning, isRing: turns.map { $0 == .ring }, kinds: kinds)
    }

    private func show(_ bundle: DecoderBundle, at place: String) {
        if printsJSON {
            Console.line(bundle.summary(at: place).json(.indented))
        } else if card {
            Console.line(bundle.card)
        } else {
            Console.line("\(place): \(bundle.line)")
        }
    }
}

extension WindowFeatures.Kind: ExpressibleByArgument {}
extension DiscriminantKind.Turns: ExpressibleByArgument {}
