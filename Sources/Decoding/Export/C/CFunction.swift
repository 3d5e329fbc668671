/// A function of C that decoders are put together of. Only what is called is in a file.
///
/// There is nothing of the C library: what a processor has no instruction for is computed here.
enum CFunction: Int, CaseIterable {
    case exponential
    case squareRoot
    case logarithm
    case errorFunction
    case isFinite
    case sections
    case taps
    case movingWindow
    case teagerKaiser
    case dot
    case linear
    case imageLayout
    case convolution
    case patches
    case products
    case softmax
    case logSumExp
    case standardize
    case unitLength
    case gelu
    case tanh
    case sigmoid

    /// Functions that it calls.
    var callees: [CFunction] {
        switch self {
        case .errorFunction, .softmax, .tanh: [.exponential]
        case .movingWindow, .standardize, .unitLength: [.squareRoot]
        case .linear: [.dot]
        case .convolution: [.dot, .imageLayout]
        case .patches: [.imageLayout]
        case .logSumExp: [.exponential, .logarithm]
        case .gelu: [.errorFunction]
        case .sigmoid: [.exponential]
        default: []
        }
    }

    /// Functions with all that they call, in an order in which they can stand in a file.
    static func closure(of functions: Set<CFunction>) -> [CFunction] {
        var all = functions
        // A function is called by later ones only.
        for function in allCases.reversed() where all.contains(function) {
            all.formUnion(function.callees)
        }
        return allCases.filter(all.contains)
    }

    /// The function's text.
    var text: String {
        switch self {
        case .exponential, .squareRoot, .logarithm, .errorFunction, .isFinite,
            .gelu, .tanh, .sigmoid:
            mathText
        case .sections, .taps, .movingWindow, .teagerKaiser: filterText
        default: layerText
        }
    }
}
