public import Documents

extension ConditioningPipeline {
    /// The library's stages in the order in which they are listed.
    package static let stageKinds = Registry<any PipelineStage>([
        .init(BandPass.self) { $0 }, .init(HighPass.self) { $0 }, .init(LowPass.self) { $0 },
        .init(BandStop.self) { $0 }, .init(Notch.self) { $0 }, .init(Rectify.self) { $0 },
        .init(Envelope.self) { $0 }, .init(Comb.self) { $0 }, .init(FIR.self) { $0 },
        .init(SpectrumInterpolation.self) { $0 }, .init(Detrend.self) { $0 },
        .init(Clip.self) { $0 }, .init(MovingRMS.self) { $0 }, .init(MovingARV.self) { $0 },
        .init(Hilbert.self) { $0 }, .init(TeagerKaiser.self) { $0 },
        .init(Normalize.self) { $0 }, .init(Resample.self) { $0 },
    ])
}

extension Kinds {
    /// Adds a stage of a package outside.
    ///
    /// - Parameter type: The stage; its key is not one of the library's or of those added before.
    public mutating func add<Stage: PipelineStage>(stage type: Stage.Type) {
        add(Registry<any PipelineStage>.Entry(type) { $0 })
    }
}
