/// What is computed of a window of samples. With N samples x₀ … x₍N₋₁₎:
public enum FeatureKind: Sendable, Hashable {
    /// Mean of the magnitudes.
    case mav
    /// Root of the mean square.
    case rms
    /// Sum of the magnitudes of the steps between neighbors.
    case waveformLength
    /// Sum of the magnitudes.
    case iav
    /// Mean square distance from the mean (of the population).
    case variance
    /// Changes of sign between neighbors that are at least `threshold` apart. A sample of exactly
    /// 0 has no sign and ends no change, as LibEMG has it.
    case zeroCrossings(threshold: Double = 0)
    /// Samples whose steps from the neighbors, multiplied, exceed `threshold`; `inclusive` counts
    /// those that equal it, and with it plateaus, as LibEMG does.
    case slopeSignChanges(threshold: Double = 0, inclusive: Bool = false)
    /// Steps between neighbors whose magnitude exceeds a threshold (Willison amplitude).
    case wilson(threshold: Double)
    /// Log detector: exp of the mean of log(|x| + 1); depends on the unit.
    case logDetector
    /// Root of the mean square step.
    case dasdv
    /// log₁₀ of the waveform length.
    case maximumFractalLength
    /// Coefficients a₁ … of `1 + a₁z⁻¹ + …` by Burg's method.
    case autoregressive(order: Int = 4)
    /// Cepstral coefficients of the same model, by the recursion that LibEMG has.
    case cepstrum(order: Int = 4)
    /// Mean frequency of the power spectrum, in hertz.
    case meanFrequency
    /// The frequency of the bin in which half of the power is reached, in hertz.
    case medianFrequency
    /// Mean of the bins' squared magnitudes over the squared window length.
    case meanPower
    /// Third standardized moment.
    case skewness
    /// Fourth standardized moment; 3 for a normal distribution.
    case kurtosis
    /// Hjorth's activity: the variance.
    case activity
    /// Hjorth's mobility: the root of the sum of squared steps over that of squared samples, as for
    /// a signal around zero.
    case mobility
    /// Hjorth's complexity: the steps' deviations in place of the samples', over those: mobility of
    /// the steps over mobility, with means taken off.
    case complexity
    /// Sample entropy of dimension `m`, tolerance `r` standard deviations, counted as LibEMG does.
    case sampleEntropy(m: Int = 2, r: Double = 0.3)

    /// How many numbers it gives.
    public var count: Int {
        switch self {
        case .autoregressive(let order), .cepstrum(let order): order
        default: 1
        }
    }

    /// The usual abbreviation.
    public var name: String {
        switch self {
        case .mav: "MAV"
        case .rms: "RMS"
        case .waveformLength: "WL"
        case .iav: "IAV"
        case .variance: "VAR"
        case .zeroCrossings: "ZC"
        case .slopeSignChanges: "SSC"
        case .wilson: "WAMP"
        case .logDetector: "LD"
        case .dasdv: "DASDV"
        case .maximumFractalLength: "MFL"
        case .autoregressive: "AR"
        case .cepstrum: "CC"
        case .meanFrequency: "MNF"
        case .medianFrequency: "MDF"
        case .meanPower: "MNP"
        case .skewness: "SKEW"
        case .kurtosis: "KURT"
        case .activity: "ACT"
        case .mobility: "MOB"
        case .complexity: "COMP"
        case .sampleEntropy: "SAMPEN"
        }
    }

    var needsSpectrum: Bool {
        switch self {
        case .meanFrequency, .medianFrequency, .meanPower: true
        default: false
        }
    }

    /// Whether what is counted at a sample depends on the sample after it too.
    var needsTwoSteps: Bool {
        if case .slopeSignChanges = self { true } else { false }
    }

    func check() throws(FilterError) {
        switch self {
        case .autoregressive(let order), .cepstrum(let order):
            guard (1...64).contains(order) else {
                throw FilterError(
                    .unusableParameter(
                        name: "the order of a model", expected: "from 1 to 64",
                        found: Double(order)), hint: "4 to 6 are usual")
            }
        case .zeroCrossings(let threshold), .slopeSignChanges(let threshold, _),
            .wilson(let threshold):
            guard threshold.isFinite, threshold >= 0 else {
                throw FilterError(
                    .unusableParameter(
                        name: "the threshold of \(name)", expected: "at least 0",
                        found: threshold), hint: "thresholds are in the signal's unit")
            }
        case .sampleEntropy(let m, let r):
            guard (1...16).contains(m), r > 0, r.isFinite else {
                throw FilterError(
                    .unusableParameter(
                        name: "the tolerance of sample entropy", expected: "above 0, m from 1",
                        found: r), hint: "m 2 and r 0.2 or 0.3 are usual")
            }
        default: break
        }
    }
}
