public import Documents

extension Registry<any Feature> {
    /// The library's features in the order in which they are listed.
    package static var standard: Registry {
        Registry([
            Entry(MeanAbsoluteValue.self) { $0 }, Entry(RootMeanSquare.self) { $0 },
            Entry(WaveformLength.self) { $0 }, Entry(IntegratedAbsoluteValue.self) { $0 },
            Entry(Variance.self) { $0 }, Entry(ZeroCrossings.self) { $0 },
            Entry(SlopeSignChanges.self) { $0 }, Entry(WillisonAmplitude.self) { $0 },
            Entry(LogDetector.self) { $0 }, Entry(DifferenceDeviation.self) { $0 },
            Entry(MaximumFractalLength.self) { $0 },
            Entry(AutoregressiveCoefficients.self) { $0 },
            Entry(CepstralCoefficients.self) { $0 }, Entry(MeanFrequency.self) { $0 },
            Entry(MedianFrequency.self) { $0 }, Entry(MeanPower.self) { $0 },
            Entry(Skewness.self) { $0 }, Entry(Kurtosis.self) { $0 },
            Entry(HjorthActivity.self) { $0 }, Entry(HjorthMobility.self) { $0 },
            Entry(HjorthComplexity.self) { $0 }, Entry(SampleEntropy.self) { $0 },
        ])
    }
}

extension Kinds {
    /// Adds a feature of a package outside.
    ///
    /// - Parameter type: The feature; its key is not one of the library's or of those added before.
    public mutating func add<Kind: Feature>(feature type: Kind.Type) {
        add(Registry<any Feature>.Entry(type) { $0 })
    }
}
