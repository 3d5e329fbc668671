public import Autodiff
public import Documents
import PrintableText

/// Which model, and how large: a model by its name.
///
/// What does not belong to the model that is named is not looked at.
public struct ModelSettings: Sendable, Hashable {
    /// The kinds of model.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        /// Fully connected layers, ``DenseNetwork``.
        case dnn
        /// Convolutions over time, ``ConvolutionalNetwork``.
        case cnn
        /// Residual blocks of causal convolutions, ``TemporalConvolutionalNetwork``.
        case tcn
        /// An encoder layer over samples, ``TransformerNetwork``.
        case transformer
        /// Fully connected layers of 40 for regression, ``DenseNetwork``.
        case mlp
        /// Convolutions over an electrode grid, ``GridConvolutionalNetwork``.
        case conv2d
    }

    /// Which one.
    public var name: Name
    /// Sizes of the hidden fully connected layers.
    public var hidden: [Int]
    /// Filters of each convolution: `cnn` and `conv2d`.
    public var filters: [Int]
    /// What a filter sees along each axis: `cnn`, `tcn` and `conv2d`.
    public var kernel = 3
    /// Channels of each residual block, `tcn`; `nil` for two of one more than a window's samples.
    public var blocks: [Int]?
    /// The probability that dropout sets an element to zero: `tcn` and `transformer`.
    public var dropout: Double
    /// Heads of the attention: `transformer`.
    public var heads = 4
    /// Width of the feed-forward part: `transformer`.
    public var feedForward = 256
    /// Rows and columns of the electrode grid, `conv2d`; `nil` for that of the task collection.
    public var grid: PatchLayout.Extent?

    /// A model of its usual size.
    public init(_ name: Name = .dnn) {
        self.name = name
        hidden =
            switch name {
            case .dnn: [512, 128]
            case .cnn: [32]
            case .tcn, .conv2d: [64]
            case .transformer: [64, 32]
            case .mlp: [40, 40]
            }
        filters = name == .conv2d ? [16, 32] : [16, 32, 64]
        dropout =
            switch name {
            case .tcn: 0.2
            case .transformer: 0.1
            default: 0
            }
    }

    /// Fully connected layers of these sizes for regression.
    public static func mlp(_ hidden: [Int]) -> ModelSettings {
        var settings = ModelSettings(.mlp)
        settings.hidden = hidden
        return settings
    }

    /// The model for windows of a size.
    ///
    /// - Parameters:
    ///   - channelCount: Channels of a window, at least 1.
    ///   - windowLength: Samples of a window, at least 1.
    ///   - classCount: Classes, or numbers put out, at least 1.
    /// - Returns: The model.
    /// - Throws: ``MetaLearningError`` when windows of this size do not fit it.
    public func network(
        channelCount: Int, windowLength: Int, classCount: Int
    ) throws(MetaLearningError) -> any Network {
        switch name {
        case .dnn, .mlp:
            return DenseNetwork(
                inputWidth: channelCount * windowLength, hidden: hidden, classCount: classCount,
                name: name.rawValue)
        case .cnn:
            try require(
                windowLength > filters.count * (kernel - 1),
                "windows of more than \(filters.count * (kernel - 1), of: "sample")",
                "\(windowLength, of: "sample")", hint: "take longer windows, or fewer filters")
            return ConvolutionalNetwork(
                channelCount: channelCount, windowLength: windowLength, filters: filters,
                kernel: kernel, hidden: hidden, classCount: classCount)
        case .tcn:
            return TemporalConvolutionalNetwork(
                channelCount: channelCount, windowLength: windowLength, blocks: blocks,
                kernel: kernel, dropout: dropout, hidden: hidden, classCount: classCount)
        case .transformer:
            try require(
                channelCount.isMultiple(of: heads), "channels that \(heads, of: "head") can share",
                "\(channelCount, of: "channel")",
                hint: "set model.heads to a divisor of the channels")
            return TransformerNetwork(
                channelCount: channelCount, windowLength: windowLength, heads: heads,
                feedForward: feedForward, dropout: dropout, hidden: hidden,
                classCount: classCount)
        case .conv2d:
            guard let grid else {
                throw MetaLearningError(
                    .outOfRange(
                        expected: "the rows and columns of the electrode grid", found: "none"),
                    at: "model conv2d",
                    hint: "set model.grid, such as [8, 8], or build the collection with "
                        + "channels.grid")
            }
            try require(
                grid.height * grid.width == channelCount,
                "\(grid.height * grid.width, of: "channel") for a grid of \(grid.height) × "
                    + "\(grid.width)", "\(channelCount, of: "channel")",
                hint: "set model.grid to the rows and columns of the electrodes")
            try require(
                kernel % 2 == 1, "an odd kernel", "\(kernel)", hint: "set model.kernel to 3 or 5")
            return GridConvolutionalNetwork(
                grid: grid, windowLength: windowLength, filters: filters, kernel: kernel,
                hidden: hidden, classCount: classCount)
        }
    }

    /// The settings with the grid of the tasks' electrodes, where the model wants one and the
    /// settings leave it open.
    package func placed(on grid: (rows: Int, columns: Int)?) -> ModelSettings {
        guard name == .conv2d, self.grid == nil, let grid else { return self }
        var settings = self
        settings.grid = PatchLayout.Extent(height: grid.rows, width: grid.columns)
        return settings
    }

    private func require(
        _ condition: Bool, _ expected: String, _ found: String, hint: String
    ) throws(MetaLearningError) {
        guard condition else {
            throw MetaLearningError(
                .outOfRange(expected: expected, found: found), at: "model \(name.rawValue)",
                hint: hint)
        }
    }

    /// The values that belong to the model.
    var members: [DocumentValue.Member] {
        var members: [DocumentValue.Member] = [.init(key: "hidden", value: .integers(hidden))]
        switch name {
        case .dnn, .mlp: break
        case .cnn: members += convolution
        case .tcn:
            members += [
                .init(key: "kernel", value: .integer(kernel)),
                .init(key: "dropout", value: .number(dropout)),
            ]
            if let blocks { members.append(.init(key: "blocks", value: .integers(blocks))) }
        case .transformer:
            members += [
                .init(key: "heads", value: .integer(heads)),
                .init(key: "feed_forward", value: .integer(feedForward)),
                .init(key: "dropout", value: .number(dropout)),
            ]
        case .conv2d:
            members += convolution
            if let grid {
                members.append(
                    .init(key: "grid", value: .integers([grid.height, grid.width])))
            }
        }
        return members
    }

    private var convolution: [DocumentValue.Member] {
        [
            .init(key: "filters", value: .integers(filters)),
            .init(key: "kernel", value: .integer(kernel)),
        ]
    }

    /// Every member that some model has.
    static let memberNames = [
        "hidden", "filters", "kernel", "blocks", "dropout", "heads", "feed_forward", "grid",
    ]

    /// The settings as a value of a document.
    var document: DocumentValue {
        .object([.init(key: "name", value: .string(name.rawValue))] + members)
    }

    /// Reads settings; a missing member has the model's default.
    ///
    /// - Parameter cursor: An object.
    /// - Throws: `DocumentError` for a member that the model does not have, or an impossible value.
    public init(_ cursor: DocumentCursor) throws(DocumentError) {
        let named = try cursor.object(allowing: ["name"] + Self.memberNames)
        let name: Name =
            try named.optional("name")?.choice() ?? .dnn
        self.init(name)
        // Optional members stand in `members` only when they are set.
        let optional = name == .tcn ? ["blocks"] : name == .conv2d ? ["grid"] : []
        let object = try cursor.object(allowing: ["name"] + members.map(\.key) + optional)
        let size = 1...65_536
        if let cursor = object.optional("hidden") { hidden = try Self.sizes(cursor, size) }
        if let cursor = object.optional("filters") { filters = try Self.sizes(cursor, size) }
        if let cursor = object.optional("kernel") { kernel = try cursor.integer(in: 1...1_024) }
        if let cursor = object.optional("blocks") {
            blocks = try Self.sizes(cursor, size)
            guard blocks?.count ?? 0 <= 16 else {
                throw cursor.error(expected: "at most 16 blocks")
            }
        }
        if let cursor = object.optional("dropout") { dropout = try cursor.number(in: 0...0.95) }
        if let cursor = object.optional("heads") { heads = try cursor.integer(in: size) }
        if let cursor = object.optional("feed_forward") {
            feedForward = try cursor.integer(in: size)
        }
        if let cursor = object.optional("grid") {
            let extents = try Self.sizes(cursor, 1...1_024)
            guard extents.count == 2 else {
                throw cursor.error(expected: "the grid's rows and columns")
            }
            grid = PatchLayout.Extent(height: extents[0], width: extents[1])
        }
    }

    private static func sizes(
        _ cursor: DocumentCursor, _ bounds: ClosedRange<Int>
    ) throws(DocumentError) -> [Int] {
        var sizes: [Int] = []
        for cursor in try cursor.array() { sizes.append(try cursor.integer(in: bounds)) }
        guard sizes.count <= 64 else {
            throw cursor.error(expected: "at most 64 layers", found: "\(sizes.count)")
        }
        return sizes
    }
}
