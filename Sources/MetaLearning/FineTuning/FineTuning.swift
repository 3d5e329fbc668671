public import Documents

/// How a trained model is fine-tuned on a person's support, with its settings.
///
/// The library's ways are in ``Registry/standard``; a package outside adds its own to the
/// ``Documents/Kinds`` that documents are read with, which then call it by its key, as
/// `fine_tuning: {name: low_rank, rank: 4}`.
public protocol FineTuning: DescribedKind {
    /// The rate of its steps, above 0; `nil` for that of `inner`.
    var learningRate: Double? { get }

    /// The model that is fine-tuned.
    ///
    /// - Parameter network: The model as it was trained.
    /// - Returns: The model, whose tensors of the same names go on from the trained ones and whose
    ///   others are drawn from the seed; by default as it was trained.
    /// - Throws: ``MetaLearningError`` when the model cannot be fine-tuned so.
    func network(_ network: any Network) throws(MetaLearningError) -> any Network

    /// How its steps are taken.
    ///
    /// - Parameter settings: How others are.
    /// - Returns: What is done; by default the same.
    func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings

    /// Changes the parameters that fine-tuning starts from; by default it does not.
    ///
    /// - Parameters:
    ///   - values: The parameters of the model that is fine-tuned.
    ///   - layout: Their names and places.
    func prepare(_ values: inout [Float], _ layout: ParameterLayout)
}

extension FineTuning {
    /// The name in documents.
    public var name: String { Self.key }
    /// As it was trained.
    public func network(_ network: any Network) throws(MetaLearningError) -> any Network {
        network
    }
    /// The same.
    public func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings { settings }
    /// As they were trained.
    public func prepare(_ values: inout [Float], _ layout: ParameterLayout) {}
}

extension Registry<any FineTuning> {
    /// The library's ways to fine-tune.
    package static var standard: Registry {
        Registry([
            .init(FullFineTuning.self) { $0 }, .init(NewHead.self) { $0 },
            .init(FrozenLayers.self) { $0 }, .init(NormOnly.self) { $0 },
            .init(BiasOnly.self) { $0 }, .init(LowRank.self) { $0 }, .init(PullToStart.self) { $0 },
        ])
    }
}

extension FieldFormat<any FineTuning> {
    /// An object that names a way to fine-tune: `{name: low_rank, rank: 4}`.
    static var fineTuning: FieldFormat {
        .tagged(.standard, by: "name", standard: FullFineTuning.key, described: { $0 })
    }
}

extension Kinds {
    /// Adds a way to fine-tune of a package outside.
    ///
    /// - Parameter type: Its type; its key is not one of the library's or of those added before.
    public mutating func add<Kind: FineTuning>(fineTuning type: Kind.Type) {
        add(Registry<any FineTuning>.Entry(type) { $0 })
    }
}

extension Field {
    /// The rate of fine-tuning steps.
    static func ownRate(
        _ path: any WritableKeyPath<Root, Double?> & Sendable
    ) -> Field {
        Field(
            optional: "learning_rate", path, .learningRate,
            "The learning rate of its steps; inner.learning_rate when left out.",
            absence: .leftOut)
    }
}
