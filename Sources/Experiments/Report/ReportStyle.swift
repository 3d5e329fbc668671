import Figures

/// The style sheet of a report: light and dark, desk, phone and paper.
enum ReportStyle {
    static let sheet = """
        :root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--ink:#1f2328;--quiet:#57606a;\
        --line:#dfe3e8;--soft:#f1f3f6;--accent:#0b57a4}
        @media (prefers-color-scheme:dark){:root{--page:#0f1318;--card:\(DarkTheme.paper);\
        --ink:#e6e9ee;--quiet:#a3adb8;--line:#2a313b;--soft:#1d232c;--accent:#8ab8ff}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
        @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
        body{margin:0;background:var(--page);color:var(--ink);\
        font:400 1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        header,main,footer{max-width:66rem;margin:0 auto;padding:0 1.5rem}
        header{padding-top:3.5rem}
        .kicker{margin:0;color:var(--quiet);font-size:.8125rem;letter-spacing:.06em;\
        text-transform:uppercase}
        h1{margin:.25rem 0 .5rem;font-size:2rem;line-height:1.2;font-weight:650;\
        letter-spacing:-.015em;overflow-wrap:anywhere}
        h2{margin:0 0 1rem;font-size:1.3125rem;line-height:1.3;font-weight:650;letter-spacing:-.01em}
        h3{margin:1.75rem 0 .5rem;font-size:1rem;font-weight:650;overflow-wrap:anywhere}
        .lead{margin:0;max-width:48rem;color:var(--quiet);overflow-wrap:anywhere}
        a{color:var(--accent)}
        nav ul{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;margin:1.5rem 0 0;padding:1rem 0 0;\
        border-top:1px solid var(--line);list-style:none;font-size:.9375rem}
        nav a{display:inline-block;padding:.2rem 0;text-decoration:none}
        nav a:hover,nav a:focus-visible{text-decoration:underline}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
        .skip{position:absolute;left:-999rem}
        .skip:focus{left:1rem;top:1rem;padding:.5rem 1rem;background:var(--card)}
        section{margin:1.75rem 0;padding:1.75rem;background:var(--card);\
        border:1px solid var(--line);border-radius:12px}
        section>:last-child,figure>:last-child{margin-bottom:0}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1px;\
        margin:0 0 1.75rem;padding:0;list-style:none;background:var(--card);\
        border:1px solid var(--line);border-radius:10px;overflow:hidden}
        .cards li{display:flex;flex-direction:column;gap:.125rem;padding:1rem 1.125rem;\
        background:var(--card);\
        box-shadow:0 0 0 1px var(--line)}
        .cards strong{font-size:1.5rem;line-height:1.25;font-weight:650;letter-spacing:-.02em;\
        font-variant-numeric:tabular-nums;white-space:nowrap}
        .cards span{font-size:.875rem;line-height:1.4}
        .cards small{color:var(--quiet);font-size:.8125rem;line-height:1.4}
        figure{margin:0 0 2rem}
        .plot svg{display:block;width:100%;height:auto}
        .narrow{display:none}
        figcaption{margin:.75rem 0;max-width:48rem;color:var(--quiet);font-size:.9375rem;\
        line-height:1.5;overflow-wrap:anywhere}
        details{margin:.5rem 0;border-top:1px solid var(--line)}
        summary{padding:.625rem 0;cursor:pointer;color:var(--accent);font-size:.9375rem;\
        overflow-wrap:anywhere}
        .scroll{margin:.25rem 0 1rem;overflow-x:auto;\
        border:1px solid var(--line);border-radius:8px}
        details .scroll{max-height:34rem;overflow-y:auto}
        table{width:100%;border-collapse:collapse;font-size:.875rem;line-height:1.4;\
        font-variant-numeric:tabular-nums}
        th,td{padding:.5rem .875rem;text-align:left;vertical-align:top;\
        border-bottom:1px solid var(--line)}
        tbody tr:last-child>*{border-bottom:0}
        thead th{position:sticky;top:0;background:var(--soft);color:var(--quiet);font-weight:600;\
        white-space:nowrap}
        tbody th{font-weight:500;white-space:nowrap}
        td{overflow-wrap:break-word}
        .n{text-align:right;white-space:nowrap}
        .note{max-width:48rem;color:var(--quiet);font-size:.9375rem;line-height:1.5;\
        overflow-wrap:anywhere}
        dl{margin:0;max-width:48rem}
        dt{font-weight:650}
        dd{margin:.125rem 0 1rem;color:var(--quiet)}
        footer{padding-bottom:3rem;color:var(--quiet);font-size:.875rem}
        @media (max-width:640px){
        header,main,footer{padding-left:1rem;padding-right:1rem}
        header{padding-top:2rem}
        h1{font-size:1.5rem}
        section{margin:1rem -.25rem;padding:1.25rem 1rem;border-radius:10px}
        .cards{grid-template-columns:1fr 1fr}
        .cards li{padding:.75rem .875rem}
        .cards strong{font-size:1.25rem}
        nav ul{gap:.125rem 1rem}
        nav a{padding:.4rem 0}
        th,td{padding:.5rem .625rem}
        tbody th{position:sticky;left:0;z-index:1;min-width:6.5rem;max-width:45vw;\
        background:var(--card);white-space:normal;overflow-wrap:anywhere}
        .wide{display:none}
        .narrow{display:block}
        }
        @media screen and (prefers-color-scheme:dark){
        \(DarkTheme.styleSheet(within: ".plot"))}
        @media print{
        @page{margin:16mm}
        :root{color-scheme:light;--page:#fff;--card:#fff;--ink:#000;--quiet:#444;--line:#ccc;\
        --soft:#f3f3f3;--accent:#000}
        body{font-size:10pt}
        header,main,footer{max-width:none;padding:0}
        header{margin-bottom:8mm}
        nav,.skip{display:none}
        section{margin:0 0 8mm;padding:0;border:0}
        h2,h3{break-after:avoid}
        figure,.cards,tr{break-inside:avoid}
        .wide{display:block}
        .narrow{display:none}
        .scroll,details .scroll{max-height:none;overflow:visible;border:0}
        table{font-size:8pt}
        th,td{padding:1mm 2mm}
        thead th{position:static;white-space:normal}
        tbody th{white-space:normal}
        .n{white-space:normal}
        details{border:0}
        summary{display:none}
        details.print::details-content{content-visibility:visible;block-size:auto}
        }
        """
}
