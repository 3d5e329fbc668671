public import Documents

extension Registry<any ModelDefinition> {
    /// The library's models.
    package static var standard: Registry {
        Registry([
            .init(DNN.self) { $0 }, .init(CNN.self) { $0 }, .init(TCN.self) { $0 },
            .init(Transformer.self) { $0 }, .init(MLP.self) { $0 }, .init(GridCNN.self) { $0 },
            .init(ImageCNN.self) { $0 },
        ])
    }
}

extension FieldFormat<any ModelDefinition> {
    /// An object that names a model: `{name: tcn, kernel: 5}`.
    public static var model: FieldFormat {
        .tagged(.standard, by: "name", standard: DNN.key, described: { $0 })
    }
}

extension Kinds {
    /// Adds a model of a package outside.
    ///
    /// - Parameter type: Its type; its key is not one of the library's or of those added before.
    public mutating func add<Kind: ModelDefinition>(model type: Kind.Type) {
        add(Registry<any ModelDefinition>.Entry(type) { $0 })
    }
}
