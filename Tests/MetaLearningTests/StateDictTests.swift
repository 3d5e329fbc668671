import Autodiff
import Documents
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("State dictionaries of PyTorch")
struct StateDictTests {
    /// Tasks of 8 channels × 20 samples and 3 classes, of which only the head is looked at.
    struct Head: EpisodeSource {
        var classNames = ["relax", "open", "close"]
        var channelCount = 8
        var windowLength = 20
        var electrodeGrid: (rows: Int, columns: Int)? = (2, 4)
        func ids(in split: EpisodeSplit) -> [String] { [] }
        func episode(_ id: String) throws -> Episode {
            throw MetaLearningError(.unknownEpisode(id), at: "head")
        }
    }

    private static func settings<Model: ModelDefinition>(
        _ model: Model, _ change: (inout Model) -> Void = { _ in }
    ) -> any ModelDefinition {
        var settings = model
        change(&settings)
        return settings
    }

    static let models: [any ModelDefinition] = [
        DNN(), DNN(hidden: []), DNN(hidden: [7, 6, 5]), MLP(), CNN(),
        settings(CNN()) {
            $0.filters = [4, 6]
            $0.kernel = 5
            $0.hidden = []
        },
        settings(TCN()) { $0.blocks = [9] },
        settings(TCN()) {
            $0.blocks = [8, 8, 5]
            $0.kernel = 2
            $0.hidden = [11, 3]
            $0.dropout = 0.5
        },
        settings(Transformer()) {
            $0.heads = 2
            $0.feedForward = 12
            $0.hidden = [9]
        },
        settings(GridCNN()) {
            $0.grid = PatchLayout.Extent(height: 2, width: 4)
            $0.filters = [5]
            $0.kernel = 1
        },
        settings(DNN(hidden: [7, 6])) { $0.batchNorm = true },
        settings(ImageCNN()) {
            $0.size = PatchLayout.Extent(height: 4, width: 5)
            $0.filters = [5, 6]
        },
        settings(ImageCNN()) {
            $0.size = PatchLayout.Extent(height: 5, width: 4)
            $0.filters = [5]
            $0.kernel = 1
            $0.downsampling = .stride
            $0.batchNorm = false
            $0.readout = .mean
            $0.hidden = [9]
        },
    ]

    /// A definition of the usual size that has of another one what no shape says.
    private static func like(_ settings: any ModelDefinition) -> any ModelDefinition {
        switch settings {
        case let settings as TCN: self.settings(TCN()) { $0.dropout = settings.dropout }
        case let settings as Transformer: self.settings(Transformer()) { $0.heads = settings.heads }
        case is MLP: MLP()
        case is CNN: CNN()
        case is GridCNN: GridCNN()
        case let settings as ImageCNN:
            self.settings(ImageCNN()) {
                $0.size = settings.size
                $0.downsampling = settings.downsampling
                $0.readout = settings.readout
            }
        default: DNN()
        }
    }

    private static func network(_ settings: any ModelDefinition) throws -> any Network {
        try settings.network(channelCount: 8, windowLength: 20, classCount: 3)
    }

    /// A file as PyTorch's `safetensors` writes it: names in alphabetical order, `format` `pt`.
    private static func file(
        _ settings: any ModelDefinition, metadata: [String: String] = ["format": "pt"]
    ) throws -> (Safetensors, Parameters<Float>) {
        let network = try network(settings)
        let parameters: Parameters<Float> = network.initialParameters(seed: 3)
        var file = Safetensors(metadata: metadata)
        for entry in parameters.layout.entries.sorted(by: { $0.name < $1.name }) {
            file.set(
                entry.name,
                to: Tensor(shape: entry.shape, elements: Array(parameters.values[entry.range])))
        }
        return (try Safetensors(bytes: file.bytes, name: "x"), parameters)
    }

    @Test("names and shapes tell each model and its size", arguments: models)
    func inference(settings: any ModelDefinition) throws {
        for metadata in [["format": "pt"], [:]] {
            let (file, parameters) = try Self.file(settings, metadata: metadata)
            #expect(ModelCheckpoint.isStateDict(file))
            // What no shape tells is taken from settings of the same model.
            let model = try ModelCheckpoint(
                stateDict: file, name: "x", like: Self.like(settings), for: Head())
            #expect(model.model.name == settings.name)
            #expect(model.model.document == settings.document)
            #expect(model.parameters == parameters)
            #expect(model.classNames == ["relax", "open", "close"])
            #expect(model.inputDescription == nil)
        }
        // Settings of another model leave what is given by the shapes.
        // The size of images is told by settings or tasks.
        guard !(settings is MLP), !(settings is ImageCNN) else { return }
        let (file, parameters) = try Self.file(settings)
        let other: any ModelDefinition = settings is DNN ? CNN() : DNN()
        let model = try ModelCheckpoint(stateDict: file, name: "x", like: other, for: Head())
        #expect(model.model.name == settings.name)
        #expect(model.parameters == parameters)
    }

    @Test("a checkpoint of ours, a training state and learned rates are no state_dict")
    func others() throws {
        let (file, _) = try Self.file(DNN(), metadata: ["format": "myotask.rates"])
        #expect(!ModelCheckpoint.isStateDict(file))
        let error = #expect(throws: MetaLearningError.self) {
            try ModelCheckpoint(file, name: "x")
        }
        #expect(
            error?.kind == .incompatible(expected: "myotask.model 1", found: "myotask.rates"))
    }

    struct Mismatch: Sendable, CustomTestStringConvertible {
        let name: String
        let mentions: String
        let change: @Sendable (inout Safetensors) -> Void
        var head = Head()
        var testDescription: String { name }
    }

    private static func tensor(_ shape: Shape) -> Tensor<Float> {
        Tensor(shape: shape, elements: [Float](repeating: 0, count: shape.count))
    }

    static let mismatches: [Mismatch] = [
        Mismatch(name: "no tensor", mentions: "there is no tensor") { $0 = Safetensors() },
        Mismatch(name: "another program's names", mentions: "such as linear1.weight") { file in
            file = Safetensors()
            file.set("module.linear1.weight", to: tensor([4, 160]))
        },
        Mismatch(name: "a tensor too many", mentions: "a tensor extra") {
            $0.set("extra", to: tensor([3]))
        },
        Mismatch(name: "one name with a prefix", mentions: "call it linear1.bias") {
            $0.set("model.linear1.bias", to: tensor([512]))
        },
        Mismatch(name: "transposed", mentions: "8 channels × 20 samples and 3 outputs") {
            $0.set("linear1.weight", to: tensor([160, 512]))
        },
        Mismatch(name: "an empty layer", mentions: "extent 0 from 1 to 65536") {
            $0.set("linear1.weight", to: tensor([0, 160]))
        },
        Mismatch(name: "a scalar for a matrix", mentions: "extent 0 from 1 to 65536") {
            $0.set("linear1.weight", to: tensor([]))
        },
        Mismatch(name: "not a number", mentions: "tensor linear1.bias is no longer a finite") {
            $0.set(
                "linear1.bias",
                to: Tensor(shape: [512], elements: [Float](repeating: .nan, count: 512)))
        },
        Mismatch(
            name: "other channels", mentions: "6 channels × 20 samples and 3 outputs",
            change: { _ in }, head: Head(channelCount: 6)),
        Mismatch(
            name: "other classes", mentions: "8 channels × 20 samples and 2 outputs",
            change: { _ in }, head: Head(classNames: ["relax", "open"])),
        Mismatch(name: "a kernel longer than the window", mentions: "windows of more than") {
            file in
            file = Safetensors()
            file.set("conv1.weight", to: tensor([2, 8, 21]))
            file.set("fc1.weight", to: tensor([3, 2]))
        },
        Mismatch(name: "a huge kernel", mentions: "extent 2 from 1 to 1024") { file in
            file = Safetensors()
            file.set("conv1.weight", to: tensor([1, 1, 5_000]))
        },
        Mismatch(name: "a convolution without extents", mentions: "extent 0") { file in
            file = Safetensors()
            file.set("conv1.weight", to: tensor([]))
        },
        Mismatch(name: "an even kernel on a grid", mentions: "an odd kernel") { file in
            file = Safetensors()
            file.set("conv1.weight", to: tensor([2, 20, 4, 4]))
            file.set("fc1.weight", to: tensor([3, 16]))
        },
        Mismatch(name: "blocks without directions", mentions: "tensor") { file in
            file = Safetensors()
            file.set("tcn.network.0.conv1.weight_v", to: tensor([3, 8]))
        },
    ]

    @Test("tensors of no model here, or for other tasks, are refused", arguments: mismatches)
    func refusals(mismatch: Mismatch) throws {
        var (file, _) = try Self.file(DNN())
        mismatch.change(&file)
        let error = #expect(throws: MetaLearningError.self) {
            try ModelCheckpoint(
                stateDict: file, name: "x", like: DNN(), for: mismatch.head)
        }
        #expect(
            error.map { "\($0)".contains(mismatch.mentions) } == true,
            "\(String(describing: error))")
    }
}
