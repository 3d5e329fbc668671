internal import EMGSignal

extension ConditioningStage {
    /// Designs the stage for signals of given rates.
    ///
    /// - Parameters:
    ///   - samplingRate: The declared rate, for which filters are designed.
    ///   - effectiveRate: The rate at which samples really change, which corners must respect.
    ///   - phase: How the filters are applied.
    /// - Returns: The stage.
    /// - Throws: ``FilterError`` when it cannot be.
    func resolve(
        samplingRate: SamplingRate, effectiveRate: SamplingRate,
        phase: ConditioningPipeline.Phase
    ) throws(FilterError) -> ResolvedStage {
        var drafting = StageDrafting(
            limits: CornerLimits(samplingRate: samplingRate, effectiveRate: effectiveRate),
            rate: samplingRate, phase: phase)
        try drafting.draft(self)
        if phase == .linear, drafting.elements.contains(where: \.isRecursive) {
            throw FilterError(
                .contradiction("a recursive filter has no linear phase"),
                hint: "use fir stages, or phase: zero")
        }
        if phase == .causal, drafting.elements.contains(where: \.needsWholeSignal) {
            throw FilterError(
                .needsWholeSignal,
                hint: "leave it to phase: zero, or use moving_rms, moving_arv or envelope")
        }
        return ResolvedStage(
            stage: self, elements: drafting.elements, phase: phase, warnings: drafting.warnings,
            parameters: drafting.parameters)
    }
}

extension StageElement {
    fileprivate var isRecursive: Bool { if case .filter = self { true } else { false } }

    fileprivate var needsWholeSignal: Bool {
        switch self {
        case .filter, .finite, .sample: false
        case .channel(.normalize(.mvcRecording)): false
        case .channel(.normalize(.mvc)): false
        case .channel(let operation): operation.stream(channels: 0..<1) == nil
        case .resample: true
        }
    }
}

/// A stage being designed.
private struct StageDrafting {
    let limits: CornerLimits
    let rate: SamplingRate
    let phase: ConditioningPipeline.Phase
    var elements: [StageElement] = []
    var warnings: [String] = []
    var parameters: [String: ProcessingStep.Value] = [:]

    private var alignment: WindowAlignment { phase == .causal ? .causal : .centered }

    mutating func draft(_ stage: ConditioningStage) throws(FilterError) {
        switch stage {
        case .bandPass(let low, let stated, let order):
            try limits.check(low)
            let high = try limits.highCorner(stated: stated, warnings: &warnings)
            add(
                try Butterworth.bandPass(low: low, high: high, order: order, samplingRate: rate),
                corners: [low, high])
        case .highPass(let cutoff, let order):
            try limits.check(cutoff)
            add(
                try Butterworth.highPass(cutoff: cutoff, order: order, samplingRate: rate),
                corners: [cutoff])
        case .lowPass(let cutoff, let order):
            try limits.check(cutoff)
            add(
                try Butterworth.lowPass(cutoff: cutoff, order: order, samplingRate: rate),
                corners: [cutoff])
        case .envelope(let cutoff, let order):
            try limits.check(cutoff)
            elements.append(.sample(.magnitude))
            add(
                try Butterworth.lowPass(cutoff: cutoff, order: order, samplingRate: rate),
                corners: [cutoff])
        case .bandStop(let low, let high, let order):
            try limits.check(low)
            try limits.check(high)
            add(
                try Butterworth.bandStop(low: low, high: high, order: order, samplingRate: rate),
                corners: [low, high])
        case .notch(let mains, let width, let harmonics):
            try draftNotch(mains: mains, width: width, harmonics: harmonics)
        case .comb(let fundamental, let quality):
            try limits.check(fundamental)
            add(
                try Comb.design(fundamental: fundamental, quality: quality, samplingRate: rate),
                corners: [fundamental])
            parameters["q"] = .number(quality)
        case .finite(let filter):
            elements.append(.finite(try finite(filter)))
        case .rectify:
            elements.append(.sample(.magnitude))
        case .clip(let low, let high):
            guard low < high else {
                throw FilterError(
                    .unusableParameter(
                        name: "the upper limit", expected: "above \(low.plain)", found: high),
                    hint: "state the lower limit first")
            }
            elements.append(.sample(.clip(low: low, high: high)))
            parameters = ["low": .number(low), "high": .number(high)]
        default:
            try draftOperation(stage)
        }
    }

    private mutating func draftOperation(_ stage: ConditioningStage) throws(FilterError) {
        switch stage {
        case .spectrumInterpolation(let mains, let width, let harmonics):
            let lines = try limits.harmonics(of: mains, count: harmonics, warnings: &warnings)
            guard width > 0, width.isFinite, width < mains else {
                throw FilterError(
                    .unusableParameter(
                        name: "the width of the interpolation",
                        expected: "above 0 and below \(mains.plain) Hz", found: width),
                    hint: "2 to 4 Hz covers a network that drifts")
            }
            elements.append(
                .channel(
                    .interpolation(
                        SpectrumInterpolation(
                            frequencies: lines, width: width, rate: rate.hertz))))
            parameters = [
                "mains_hz": .number(mains), "width_hz": .number(width),
                "interpolated_hz": .list(lines.map { .number($0) }),
            ]
        case .detrend(let kind):
            elements.append(.channel(.detrend(kind)))
            parameters = ["kind": .text(kind.rawValue)]
        case .movingRMS(let seconds):
            try draftWindow(.rootMeanSquare, seconds: seconds)
        case .movingARV(let seconds):
            try draftWindow(.averageRectified, seconds: seconds)
        case .hilbert:
            elements.append(.channel(.hilbert(HilbertEnvelope())))
        case .teagerKaiser:
            elements.append(.channel(.energy(TeagerKaiser(alignment: alignment))))
            parameters = ["alignment": .text(alignment.rawValue)]
        case .normalize(let kind):
            try kind.check()
            elements.append(.channel(.normalize(kind)))
            parameters = kind.parameters
        case .resample(let target):
            let change: Resampler
            switch target {
            case .ratio(let up, let down): change = try Resampler(up: up, down: down)
            case .rate(let hertz):
                guard let wanted = try? SamplingRate(hertz: hertz) else {
                    throw FilterError(
                        .unusableParameter(
                            name: "a sampling rate", expected: "above 0 Hz", found: hertz),
                        hint: "give the new rate in hertz")
                }
                change = try .ratio(from: rate, to: wanted)
            }
            elements.append(.resample(change))
            parameters = [
                "up": .integer(change.up), "down": .integer(change.down),
                "from_hz": .number(rate.hertz),
                "to_hz": .number(change.target?.hertz ?? change.exactHertz(from: rate)),
            ]
            if case let deviation = change.deviation(from: rate), deviation != 0 {
                parameters["exact_hz"] = .number(change.exactHertz(from: rate))
                parameters["deviation"] = .number(deviation)
            }
        default:
            break
        }
    }

    private mutating func add(_ design: FilterDesign, corners: [Double]) {
        elements.append(.filter(design))
        parameters["corners_hz"] = .list(corners.map { .number($0) })
    }

    private mutating func draftWindow(
        _ quantity: MovingWindow.Quantity, seconds: Double
    ) throws(FilterError) {
        let samples = (seconds * rate.hertz).rounded()
        guard samples >= 1, samples <= Double(FIRDesign.longest) else {
            throw FilterError(
                .unusableParameter(
                    name: "a window in samples", expected: "from 1 to \(FIRDesign.longest)",
                    found: samples),
                hint: "50 to 200 ms are usual")
        }
        elements.append(
            .channel(
                .window(
                    MovingWindow(quantity: quantity, length: Int(samples), alignment: alignment))))
        parameters = [
            "window_samples": .integer(Int(samples)), "alignment": .text(alignment.rawValue),
        ]
    }

    private mutating func draftNotch(
        mains: Double, width: ConditioningStage.NotchWidth, harmonics: Int
    ) throws(FilterError) {
        let frequencies = try limits.harmonics(of: mains, count: harmonics, warnings: &warnings)
        for frequency in frequencies {
            elements.append(.filter(try width.design(center: frequency, samplingRate: rate)))
        }
        parameters = [
            "mains_hz": .number(mains), "notched_hz": .list(frequencies.map { .number($0) }),
        ]
        switch width {
        case .quality(let quality): parameters["q"] = .number(quality)
        case .bandwidth(let bandwidth): parameters["width_hz"] = .number(bandwidth)
        }
    }

    private mutating func finite(
        _ filter: ConditioningStage.FiniteFilter
    ) throws(FilterError) -> FIRDesign {
        switch filter {
        case .windowedSinc(let shape, let length, let window):
            for corner in shape.statedCorners { try limits.check(corner) }
            parameters = [
                "rule": .text("windowed-sinc"),
                "corners_hz": .list(shape.statedCorners.map { .number($0) }),
            ]
            return try FIRDesign.windowedSinc(
                shape, length: length, window: window, samplingRate: rate)
        case .mne(let low, let high, let window):
            for corner in [low, high].compactMap({ $0 }) { try limits.check(corner) }
            parameters = [
                "rule": .text("mne"),
                "corners_hz": .list([low, high].compactMap { $0 }.map { .number($0) }),
            ]
            return try MNEDesign.filter(
                low: low, high: high, window: window, samplingRate: rate)
        case .mneNotch(let mains, let harmonics):
            let lines = try limits.harmonics(of: mains, count: harmonics, warnings: &warnings)
            parameters = [
                "rule": .text("mne-notch"), "notched_hz": .list(lines.map { .number($0) }),
            ]
            return try MNEDesign.notch(centers: lines, samplingRate: rate)
        }
    }
}

extension AmplitudeNormalization {
    fileprivate var parameters: [String: ProcessingStep.Value] {
        switch self {
        case .zScore: ["method": .text("z-score")]
        case .minMax: ["method": .text("min-max")]
        case .percentile(let percent):
            ["method": .text("percentile"), "percentile": .number(percent)]
        case .mvc(let values, let source):
            [
                "method": .text("mvc"), "values": .list(values.map { .number($0) }),
                "source": .text(source),
            ]
        case .mvcRecording(let name, let percent):
            [
                "method": .text("mvc"), "source": .text(name), "percentile": .number(percent),
            ]
        }
    }
}

extension ConditioningStage.NotchWidth {
    fileprivate func design(
        center: Double, samplingRate: SamplingRate
    ) throws(FilterError) -> FilterDesign {
        switch self {
        case .quality(let quality):
            try Notch.design(center: center, quality: quality, samplingRate: samplingRate)
        case .bandwidth(let bandwidth):
            try Notch.design(center: center, bandwidth: bandwidth, samplingRate: samplingRate)
        }
    }
}
