package import Documents
package import EMGFeatures
package import EMGSignal

/// What windows of an archive are wanted, and what of them.
package struct WindowSelection: Sendable, Hashable {
    /// What is written of each window, beside recording, first sample and label.
    package enum Content: Sendable, Hashable {
        /// Nothing: the windows are views into the archive.
        case starts
        /// The samples, `[channels × samples]`.
        case samples
        /// Features, `[channels × features]`.
        case features(FeatureList)
    }

    /// The length of a window.
    package var length: SampleDuration
    /// The distance between the starts of neighboring windows.
    package var stride: SampleDuration
    /// Which label a window gets.
    @KindValue package var labelRule: any LabelRule
    /// What is written of each window.
    package var content: Content
    /// What of the recordings' quality is in no window.
    package var quality: QualityPolicy
    /// The class of samples that nobody labeled; they are in no window when `nil`.
    package var unlabeledClass: String?

    /// Creates a selection.
    ///
    /// - Parameters:
    ///   - length: The length of a window.
    ///   - stride: The distance between the starts of neighboring windows.
    ///   - labelRule: Which label a window gets.
    ///   - content: What is written of each window.
    ///   - unlabeledClass: The class of samples that nobody labeled.
    ///   - quality: What of the recordings' quality is in no window.
    package init(
        length: SampleDuration, stride: SampleDuration,
        labelRule: any LabelRule = .last, content: Content = .starts, unlabeledClass: String? = nil,
        quality: QualityPolicy = QualityPolicy()
    ) {
        self.length = length
        self.stride = stride
        _labelRule = KindValue(wrappedValue: labelRule)
        self.content = content
        self.quality = quality
        self.unlabeledClass = unlabeledClass
    }

    /// What the classes of recordings become.
    var classes: ClassMap {
        ClassMap(
            merges: unlabeledClass.map {
                [ClassMap.Merge(name: $0, sources: [LabelTrack.unlabeledName])]
            } ?? [])
    }

    /// How windows are cut at a rate.
    func layout(at rate: SamplingRate) -> WindowLayout {
        WindowLayout(
            length: length.samples(at: rate), stride: stride.samples(at: rate),
            labelRule: labelRule)
    }
}
