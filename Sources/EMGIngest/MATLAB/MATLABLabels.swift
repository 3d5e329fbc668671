/// The labels of a MATLAB file.
enum MATLABLabels {
    /// A number for each sample.
    case numbers(any MATLABMatrix)
    /// A text for each sample.
    case texts(any MATLABTexts)

    /// How many samples have one.
    var sampleCount: Int {
        switch self {
        case .numbers(let matrix): matrix.sampleCount
        case .texts(let texts): texts.sampleCount
        }
    }
}
