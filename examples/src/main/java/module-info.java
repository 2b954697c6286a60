/** Runnable examples on real data, each a subcommand of one program. */
module dini.examples {
  requires java.management;
  requires dini.functional;
  requires info.picocli;
  requires java.desktop;
  requires me.tongfei.progressbar;
  requires xchart;

  opens dini.examples.page to
      dini.core;
  opens dini.examples to
      dini.core;
}
