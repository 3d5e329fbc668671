package import Documents

extension Registry<any AmplitudeNormalization> {
    /// The methods in the order in which they are listed. Members of another method than the one
    /// that is named are refused, so that none are written beside it.
    package static var standard: Registry {
        Registry([
            Entry(AmplitudeZScore.self, isWrittenUnused: false) { $0 },
            Entry(AmplitudeMinMax.self, isWrittenUnused: false) { $0 },
            Entry(AmplitudePercentile.self, isWrittenUnused: false) { $0 },
            Entry(AmplitudeMVC.self, isWrittenUnused: false) { $0 },
        ])
    }
}
