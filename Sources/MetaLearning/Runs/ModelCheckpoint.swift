public import Autodiff
public import Documents
public import Foundation

/// A trained model as a file: its parameters under PyTorch's names, and what it was made for.
///
/// The tensors are exactly the model's `state_dict`; everything else stands in the metadata.
public struct ModelCheckpoint: Sendable {
    /// Which model, and how large.
    package let model: any ModelDefinition
    /// The model that is trained, built for the width of the windows.
    public let network: any Network
    /// Its parameters.
    public let parameters: Parameters<Float>
    /// The classes in the order of its logits.
    public let classNames: [String]
    /// Channels of its windows.
    public let channelCount: Int
    /// Samples of its windows.
    public let windowLength: Int
    /// What its windows are, as the JSON text of the source that it was trained on; `nil` for a
    /// model that carries none.
    package let inputDescription: String?
    /// The learner whose head stands on the model; `nil` for a model that is fine-tuned.
    package let learner: (any MetaLearner)?

    private static let format = "myotask.model"

    /// Creates a checkpoint.
    ///
    /// - Parameters:
    ///   - model: Which model, and how large.
    ///   - parameters: Its parameters.
    ///   - classNames: The classes in the order of its logits.
    ///   - channelCount: Channels of its windows.
    ///   - windowLength: Samples of its windows.
    ///   - inputDescription: What its windows are, as a JSON text.
    ///   - learner: Whose parameters these are, when it has a model of its own.
    /// - Throws: ``MetaLearningError`` when the windows do not fit the model.
    package init(
        model: any ModelDefinition, parameters: Parameters<Float>, classNames: [String],
        channelCount: Int, windowLength: Int, inputDescription: String? = nil,
        learner: (any MetaLearner)? = nil
    ) throws(MetaLearningError) {
        self.model = model
        self.learner = learner is any HeadLearner ? learner : nil
        network = try Self.network(
            model, self.learner, channelCount: channelCount, windowLength: windowLength,
            classCount: classNames.count)
        precondition(
            parameters.layout == network.parameters,
            "the parts of a checkpoint do not fit each other")
        self.parameters = parameters
        self.classNames = classNames
        self.channelCount = channelCount
        self.windowLength = windowLength
        self.inputDescription = inputDescription
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - url: A file that ``tensors(about:)`` was written to.
    ///   - kinds: The kinds of model that packages outside have added.
    /// - Throws: ``MetaLearningError`` when it cannot be read, is not of the format, or its tensors
    ///   are not those of the model it says it is.
    public init(contentsOf url: URL, kinds: Kinds = Kinds()) throws(MetaLearningError) {
        try self.init(
            Safetensors(contentsOf: url), name: url.path(percentEncoded: false), kinds: kinds)
    }

    /// Takes a checkpoint from a file's tensors and metadata.
    ///
    /// - Parameters:
    ///   - file: What ``tensors(about:)`` gave.
    ///   - name: The file's name, for messages.
    ///   - kinds: The kinds of model that packages outside have added.
    /// - Throws: ``MetaLearningError`` as above.
    package init(
        _ file: Safetensors, name: String, kinds: Kinds = Kinds()
    ) throws(MetaLearningError) {
        guard file.metadata["format"] == Self.format, file.metadata["format_version"] == "1" else {
            throw MetaLearningError(
                .incompatible(
                    expected: "\(Self.format) 1", found: file.metadata["format"] ?? "other tensors"),
                at: name, hint: "give a checkpoint of a training run")
        }
        let limits = 1...65_536
        channelCount = try Self.integer("channel_count", file, name, in: limits)
        windowLength = try Self.integer("window_length", file, name, in: 1...1_048_576)
        var names: [String] = []
        do throws(DocumentError) {
            for cursor in try Self.list("classes", file) { names.append(try cursor.string()) }
            model = try FieldFormat.model.read(Self.settings(file, kinds).cursor)
            learner = try file.metadata["learner"].map { text throws(DocumentError) in
                let root = try Document(json: text.utf8, name: "learner").root
                return try FieldFormat.learner.read(
                    Document(name: "learner", root: root, kinds: kinds).cursor)
            }
        } catch {
            throw MetaLearningError(
                .malformed(
                    expected: "the model's metadata", found: "\(error)", byteOffset: 8), at: name)
        }
        guard (1...256).contains(names.count) else {
            throw MetaLearningError(
                .malformed(
                    expected: "1 to 256 classes", found: "\(names.count)", byteOffset: 8),
                at: name)
        }
        classNames = names
        network = try Self.network(
            model, learner, channelCount: channelCount, windowLength: windowLength,
            classCount: names.count)
        parameters = try Parameters(file, for: network, name: name)
        inputDescription = file.metadata["input"]
    }

    /// The model's settings, of which each stands in the metadata under its own name.
    private static func settings(
        _ file: Safetensors, _ kinds: Kinds
    ) throws(DocumentError) -> Document {
        let name = file.metadata["model"] ?? ""
        var members = [DocumentValue.Member(key: "name", value: .string(name))]
        for key in kinds.all(Registry<any ModelDefinition>.standard)[name]?.keys ?? [] {
            guard let json = file.metadata[key] else { continue }
            members.append(.init(key: key, value: try Document(json: json.utf8, name: key).root))
        }
        return Document(name: "model", root: .object(members), kinds: kinds)
    }

    /// The model, or what a learner makes of it.
    private static func network(
        _ model: any ModelDefinition, _ learner: (any MetaLearner)?, channelCount: Int,
        windowLength: Int, classCount: Int
    ) throws(MetaLearningError) -> any Network {
        guard let learner else {
            return try model.network(
                channelCount: channelCount, windowLength: windowLength, classCount: classCount)
        }
        return try learner.network(
            model, channelCount: channelCount, windowLength: windowLength, classCount: classCount)
    }

    /// The checkpoint as tensors.
    ///
    /// - Parameter texts: What else should stand in the metadata.
    /// - Returns: Tensors for ``Safetensors/write(to:)``.
    package func tensors(about texts: [String: String] = [:]) -> Safetensors {
        var own = [
            "format": Self.format, "format_version": "1", "model": model.name,
            "classes": DocumentValue.strings(classNames).json(), "channel_count": "\(channelCount)",
            "window_length": "\(windowLength)",
        ]
        for member in model.members { own[member.key] = member.value.json(.spaced) }
        own["input"] = inputDescription
        own["learner"] = learner.map { FieldFormat.learner.write($0).json(.spaced) }
        var file = Safetensors(metadata: texts.merging(own) { _, own in own })
        for entry in parameters.layout.entries {
            file.set(
                entry.name,
                to: Tensor(shape: entry.shape, elements: Array(parameters.values[entry.range])))
        }
        return file
    }

    private static func integer(
        _ key: String, _ file: Safetensors, _ name: String, in bounds: ClosedRange<Int>
    ) throws(MetaLearningError) -> Int {
        guard let text = file.metadata[key], let value = Int(text), bounds.contains(value) else {
            throw MetaLearningError(
                .malformed(
                    expected: "\(key) from \(bounds.lowerBound) to \(bounds.upperBound)",
                    found: file.metadata[key] ?? "nothing", byteOffset: 8),
                at: name)
        }
        return value
    }

    private static func list(
        _ key: String, _ file: Safetensors
    ) throws(DocumentError) -> [DocumentCursor] {
        try Document(json: (file.metadata[key] ?? "").utf8, name: key).cursor.array()
    }
}

extension Parameters where Scalar == Float {
    /// Takes a model's parameters from a file's tensors, such as a saved `state_dict`.
    ///
    /// - Parameters:
    ///   - file: Tensors of exactly the model's names and shapes.
    ///   - network: The model.
    ///   - name: The file's name, for messages.
    /// - Throws: ``MetaLearningError`` for a tensor that is missing, unknown, of another shape or
    ///   not finite.
    package init(
        _ file: Safetensors, for network: any Network, name: String
    ) throws(MetaLearningError) {
        try self.init(file, as: network.parameters, of: network.name, name: name)
    }

    /// Takes numbers that belong to a model from a file's tensors.
    ///
    /// - Parameters:
    ///   - file: Tensors of exactly these names and shapes.
    ///   - layout: Names and shapes.
    ///   - model: The model's name, for messages.
    ///   - name: The file's name, for messages.
    /// - Throws: ``MetaLearningError`` as above.
    package init(
        _ file: Safetensors, as layout: ParameterLayout, of model: String, name: String
    ) throws(MetaLearningError) {
        let known = Set(layout.entries.map(\.name))
        if let stranger = file.entries.first(where: { !known.contains($0.name) }) {
            let meant = known.first { stranger.name.hasSuffix(".\($0)") }
            throw MetaLearningError(
                .incompatible(
                    expected: "model \(model)", found: "a tensor \(stranger.name)"),
                at: name, hint: meant.map { "call it \($0), and the others likewise" } ?? "")
        }
        var values: [Float] = []
        for entry in layout.entries {
            let tensor: Tensor<Float> = try file.tensor(entry.name, in: name)
            guard tensor.shape == entry.shape else {
                throw MetaLearningError(
                    .incompatible(
                        expected: "shape \(entry.shape)", found: "shape \(tensor.shape)"),
                    at: "\(name): tensor \(entry.name)")
            }
            guard tensor.elements.allSatisfy(\.isFinite) else {
                throw MetaLearningError(.notFinite("tensor \(entry.name)"), at: name)
            }
            values += tensor.elements
        }
        self.init(layout: layout, values: values)
    }
}
